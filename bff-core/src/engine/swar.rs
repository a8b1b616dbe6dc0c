//! Eight bytes at a time in one number: finding what ends or interrupts a string, a number, white space.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The eight bytes at a position, when there are as many.
#[inline(always)]
pub(crate) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*bytes))
}

/// Marks the bytes that are a quote, a backslash or below a space. Only the lowest mark is exact.
#[inline(always)]
pub(crate) fn specials(word: u64) -> u64 {
    // Of a byte below 0x80 a difference sets the high bit only when the byte is smaller than what is taken away.
    let quote = (word ^ (ONES * 0x22)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * 0x5c)).wrapping_sub(ONES);
    (quote | backslash | word.wrapping_sub(ONES * 0x20)) & !word & HIGH
}

/// The position of the next quote, backslash or control character; the length when there is none.
#[inline(always)]
pub(crate) fn find_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = word(bytes, at) {
        let found = specials(word);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    find_special_at_end(bytes, at)
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
                    assert_eq!(
                        find_special(&bytes, 0),
                        if special { at } else { 24 },
                        "{byte} {filler}"
                    );
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
