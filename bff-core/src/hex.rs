//! Numbers as lower-case hexadecimal digits: the identifiers of traces, spans and requests.

/// Appends the last `digits` hexadecimal digits of a number, zeros included.
pub(crate) fn push(out: &mut Vec<u8>, number: u128, digits: usize) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    // The mask keeps the index below sixteen.
    out.extend(
        (0..digits)
            .rev()
            .map(|place| DIGITS[((number >> (4 * place)) & 0xf) as usize]),
    );
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
