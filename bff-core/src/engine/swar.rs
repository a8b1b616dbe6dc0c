//! Eight bytes at a time in one number: finding what ends or interrupts a JSON string.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Eight spaces.
pub(crate) const BLANKS: u64 = ONES * 0x20;

/// The eight bytes at a position, when there are as many.
#[inline]
pub(crate) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*bytes))
}

/// Marks the bytes that are a quote, a backslash or below a space. Only the lowest mark is exact.
#[inline]
pub(crate) fn specials(word: u64) -> u64 {
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5c);
    let marks = (quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (word.wrapping_sub(ONES * 0x20) & !word);
    marks & HIGH
}

/// The position of the next quote, backslash or control character; the length when there is none.
#[inline]
pub(crate) fn find_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = word(bytes, at) {
        let found = specials(word);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes
        .get(at)
        .is_some_and(|&byte| byte >= 0x20 && byte != b'"' && byte != b'\\')
    {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        for special in 0..=255_u8 {
            let is_special = special < 0x20 || special == b'"' || special == b'\\';
            for at in 0..24 {
                for filler in [b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xff] {
                    let mut bytes = [filler; 24];
                    bytes[at] = special;
                    assert_eq!(
                        find_special(&bytes, 0),
                        if is_special { at } else { 24 },
                        "{special} {filler}"
                    );
                }
            }
        }
    }
}
