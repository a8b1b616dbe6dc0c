//! Eight bytes at a time in one number: finding what ends or interrupts a string, a number, white space.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The eight bytes at a position, when there are as many.
#[inline(always)]
pub(crate) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*bytes))
}

/// Marks the bytes that are a quote or a backslash. Only the lowest mark is exact.
#[inline(always)]
fn quotes(word: u64) -> u64 {
    // Of a byte below 0x80 a difference sets the high bit only when the byte is smaller than what is taken away.
    let quote = (word ^ (ONES * 0x22)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * 0x5c)).wrapping_sub(ONES);
    (quote | backslash) & !word & HIGH
}

/// Marks the bytes that are a quote, a backslash or below a space. Only the lowest mark is exact.
#[inline(always)]
fn specials(word: u64) -> u64 {
    quotes(word) | word.wrapping_sub(ONES * 0x20) & !word & HIGH
}

/// The position of the next quote, backslash or control character; the length when there is none.
#[inline(always)]
pub(crate) fn find_special(bytes: &[u8], at: usize) -> usize {
    let mut rest = bytes.get(at..).unwrap_or_default();
    while let Some((word, behind)) = rest.split_first_chunk::<8>() {
        let found = specials(u64::from_le_bytes(*word));
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = behind;
    }
    find_special_at_end(bytes, bytes.len() - rest.len())
}

/// The same where it is known that no control character can be found. Most strings are short and most bytes are in
/// long ones: those are left to whoever looks at the most bytes at once.
#[inline(always)]
pub(crate) fn find_quote(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let Some((words, _)) = rest.split_first_chunk::<16>() else {
        return find_special_at_end(bytes, at);
    };
    let (words, _) = words.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let found = quotes(u64::from_le_bytes(*word));
        if found != 0 {
            return at + 8 * index + found.trailing_zeros() as usize / 8;
        }
    }
    find_far_quote(bytes, at + 16)
}

#[inline(never)]
fn find_far_quote(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len())
}

/// Whether there is a control character anywhere.
pub(crate) fn has_controls(bytes: &[u8]) -> bool {
    // The least byte of a block is found without a branch, many bytes at once.
    let least = |block: &[u8]| block.iter().fold(u8::MAX, |least, byte| least.min(*byte));
    bytes.chunks(1 << 12).any(|block| least(block) < 0x20)
}

#[inline(never)]
fn find_special_at_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let special = |&byte: &u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    at + rest.iter().position(special).unwrap_or(rest.len())
}

/// The position after the ASCII digits at a position.
#[inline(always)]
pub(crate) fn skip_digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = word(bytes, at) {
        let value = word ^ (ONES * 0x30);
        // Ten and more carry into the high bit.
        let others = (value.wrapping_add(ONES * 0x76) | value) & HIGH;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// The position after the spaces at a position.
#[inline(always)]
pub(crate) fn skip_spaces(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = word(bytes, at) {
        let others = word ^ (ONES * 0x20);
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_of_interest_is_found_wherever_it_stands() {
        for byte in 0..=255_u8 {
            let special = byte < 0x20 || byte == b'"' || byte == b'\\';
            for at in 0..24 {
                let mut bytes = [b' '; 24];
                for filler in [b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xff] {
                    bytes = [filler; 24];
                    bytes[at] = byte;
                    let end = if special { at } else { 24 };
                    assert_eq!(find_special(&bytes, 0), end, "{byte} {filler}");
                    if byte >= 0x20 {
                        assert_eq!(find_quote(&bytes, 0), end, "{byte} {filler}");
                        // Far away, and with little behind it.
                        let long = [&[filler; 40][..], &bytes].concat();
                        assert_eq!(find_quote(&long, 0), 40 + end, "{byte} {filler}");
                        assert_eq!(find_quote(&long, 3), 40 + end, "{byte} {filler}");
                    }
                    assert_eq!(has_controls(&bytes), byte < 0x20, "{byte} {filler}");
                }
                bytes.fill(b'0' + byte % 10);
                bytes[at] = byte;
                assert_eq!(
                    skip_digits(&bytes, 0),
                    if byte.is_ascii_digit() { 24 } else { at },
                    "{byte}"
                );
                bytes.fill(b' ');
                bytes[at] = byte;
                assert_eq!(skip_spaces(&bytes, 0), if byte == b' ' { 24 } else { at }, "{byte}");
            }
        }
    }
}
