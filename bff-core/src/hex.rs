//! Numbers as lower-case hexadecimal digits: the identifiers of traces, spans and requests.

/// The two digits of each octet.
const PAIRS: [[u8; 2]; 256] = {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut octet = 0;
    while octet < 256 {
        pairs[octet] = [DIGITS[octet >> 4], DIGITS[octet & 15]];
        octet += 1;
    }
    pairs
};

/// Appends the last `digits` hexadecimal digits of a number, at most 32, zeros included.
pub(crate) fn push(out: &mut Vec<u8>, number: u128, digits: usize) {
    let pairs = number.to_be_bytes().map(|octet| PAIRS[usize::from(octet)]);
    let all = pairs.as_flattened();
    out.extend_from_slice(&all[all.len() - digits.min(all.len())..]);
}

/// The last `digits` hexadecimal digits of a number.
pub(crate) fn text(number: u128, digits: usize) -> String {
    let mut out = Vec::with_capacity(digits);
    push(&mut out, number, digits);
    // Only ASCII digits were pushed.
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_formatter() {
        for number in [0, 1, 0xabc, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            assert_eq!(text(number, 32), format!("{number:032x}"));
        }
        assert_eq!(text(0x12_3456, 4), "3456");
    }
}
