//! Masks: what is left of personal data where it is shown. What does not look like what the mask is for is hidden whole.

use super::value::Str;

/// The masks of the language. None tells how long the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// `ada@x.io` as `a***@x.io`: the first character of the mailbox, if it has another one, and the domain.
    Email,
    /// `+49 30 1234567` as `***67`: the last two digits of seven or more.
    Phone,
    /// `4111 1111 1111 1234` as `**** 1234`: the last four digits of 12 to 19 (ISO/IEC 7812).
    Card,
    /// `Ada Lovelace` as `A*** L***`: the first letter of each word that has another one.
    Name,
    /// `DE89370400440532013000` as `***3000`: the last four letters or digits of eight or more.
    Last4,
    /// Anything as `***`.
    All,
}

/// What hides a text, or the rest of one.
const HIDDEN: &str = "***";

impl Mask {
    /// What is left of a text.
    pub fn of(self, text: Str<'_>) -> String {
        let text = text.text();
        let text = text.trim();
        let shown = match self {
            Mask::Email => email(text),
            Mask::Phone => phone(text),
            Mask::Card => card(text),
            Mask::Name => name(text),
            Mask::Last4 => last4(text),
            Mask::All => None,
        };
        shown.unwrap_or_else(|| HIDDEN.to_owned())
    }
}

fn email(text: &str) -> Option<String> {
    let (mailbox, domain) = text.split_once('@')?;
    let good =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control());
    // A quoted mailbox may hold anything, an `@` too.
    if !good(mailbox) || !good(domain) || mailbox.contains('"') {
        return None;
    }
    let mut letters = mailbox.chars();
    let first = letters
        .next()
        .filter(|first| first.is_alphanumeric() && letters.next().is_some());
    let first = first.map(String::from).unwrap_or_default();
    Some(format!("{first}{HIDDEN}@{domain}"))
}

fn phone(text: &str) -> Option<String> {
    let digits = digits(text, "+()-./ ")?;
    let shown = digits.len().checked_sub(2).filter(|_| digits.len() >= 7)?;
    Some(format!("{HIDDEN}{}", &digits[shown..]))
}

fn card(text: &str) -> Option<String> {
    let digits = digits(text, " -")?;
    let shown = digits
        .len()
        .checked_sub(4)
        .filter(|_| (12..=19).contains(&digits.len()))?;
    Some(format!("**** {}", &digits[shown..]))
}

/// The digits of a text that holds nothing else but marks between them.
fn digits(text: &str, marks: &str) -> Option<String> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || marks.contains(c));
    plain.then(|| text.chars().filter(char::is_ascii_digit).collect())
}

fn name(text: &str) -> Option<String> {
    let of_name = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-' | '\'' | '’');
    if text.is_empty() || !text.chars().all(of_name) {
        return None;
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if first.is_alphabetic() && second.is_alphabetic() => {
                format!("{first}{HIDDEN}")
            }
            _ => HIDDEN.to_owned(),
        }
    };
    Some(text.split_whitespace().map(word).collect::<Vec<_>>().join(" "))
}

fn last4(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let shown = letters.len().checked_sub(4).filter(|_| letters.len() >= 8)?;
    let shown: String = letters[shown..].iter().collect();
    Some(format!("{HIDDEN}{shown}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_mask_shows_what_it_says_and_hides_what_is_odd() {
        let cases: [(Mask, &[(&str, &str)]); 6] = [
            (
                Mask::Email,
                &[
                    ("ada@x.io", "a***@x.io"),
                    (" ada@x.io\n", "a***@x.io"),
                    ("é1@x.io", "é***@x.io"),
                    ("a@x.io", "***@x.io"),
                    ("a@b@c", "***"),
                    ("\"a@b\"@c", "***"),
                    ("\"ab\"@c", "***"),
                    ("@x.io", "***"),
                    ("ada@", "***"),
                    ("ada", "***"),
                    ("ada lovelace@x.io", "***"),
                    ("ada@x.io, bob@y.io", "***"),
                    ("", "***"),
                ],
            ),
            (
                Mask::Phone,
                &[
                    ("+49 30 1234567", "***67"),
                    ("(030) 123-45.67", "***67"),
                    ("123456", "***"),
                    ("1234567", "***67"),
                    ("ext. 1234567", "***"),
                    ("", "***"),
                ],
            ),
            (
                Mask::Card,
                &[
                    ("4111 1111 1111 1234", "**** 1234"),
                    ("4111-1111-1111-1234", "**** 1234"),
                    ("41111111111", "***"),
                    ("41111111111111111234", "***"),
                    ("4111x1111x1111x1234", "***"),
                ],
            ),
            (
                Mask::Name,
                &[
                    ("Ada Lovelace", "A*** L***"),
                    ("  Ada   B  Lovelace ", "A*** *** L***"),
                    ("O'Neil", "***"),
                    ("Øy", "Ø***"),
                    ("李 小龍", "*** 小***"),
                    ("ada@x.io", "***"),
                    ("Ada 2", "***"),
                    ("", "***"),
                ],
            ),
            (
                Mask::Last4,
                &[
                    ("DE89370400440532013000", "***3000"),
                    ("AB-12-CD-34", "***CD34"),
                    ("1234567", "***"),
                    ("", "***"),
                ],
            ),
            (Mask::All, &[("ada", "***"), ("", "***")]),
        ];
        for (mask, texts) in cases {
            for (text, shown) in texts {
                assert_eq!(mask.of(Str::from(*text)), *shown, "{mask:?} of {text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_mask_shows_a_text_whole_or_more_than_it_says(text in "\\PC{0,20}") {
            for (mask, most) in [(Mask::Phone, 2), (Mask::Card, 4), (Mask::Last4, 4), (Mask::All, 0)] {
                let shown = mask.of(Str::from(&text));
                prop_assert!(shown.chars().filter(|c| c.is_alphanumeric()).count() <= most, "{} of {}", shown, text);
            }
            for mask in [Mask::Email, Mask::Name] {
                let shown = mask.of(Str::from(&text));
                let hidden = shown.contains(HIDDEN) && (text.contains('*') || shown != text.trim());
                prop_assert!(hidden, "{} of {}", shown, text);
            }
        }
    }
}
