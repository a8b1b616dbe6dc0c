//! What is known of locales: the words and marks of CLDR, of which a service gets those that its client declares; and date patterns.

/// Blocks of a tag and `property=value` lines. What a tag leaves out is as in its parent, the tag without its last subtag.
const CLDR: &str = include_str!("locale/cldr.txt");

/// A locale, as the data has it.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    tag: &'static str,
}

/// The locale of a language tag: the nearest one that there is data for. None if the language is unknown.
pub fn known(tag: &str) -> Option<Known> {
    let mut at = tag;
    loop {
        if let Some(tag) = tags().find(|it| it.eq_ignore_ascii_case(at)) {
            return Some(Known { tag });
        }
        at = at.rsplit_once('-')?.0;
    }
}

/// All tags that there is data for.
pub fn tags() -> impl Iterator<Item = &'static str> {
    CLDR.lines()
        .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
}

impl Known {
    /// A property: of the locale itself, or of its nearest parent that has it.
    pub fn property(self, name: &str) -> &'static str {
        let mut at = self.tag;
        loop {
            let line = block(at).find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            match (line, at.rsplit_once('-')) {
                (Some(value), _) => return value,
                (None, Some((parent, _))) => at = parent,
                (None, None) => return "",
            }
        }
    }
}

/// The lines of a tag.
fn block(tag: &str) -> impl Iterator<Item = &'static str> {
    let mut lines = CLDR.lines();
    lines.find(|line| line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) == Some(tag));
    lines.take_while(|line| !line.starts_with('['))
}

/// The properties that hold names, by the pattern that asks for them.
pub const NAMES: [&str; 20] = [
    "MMM", "MMMM", "MMMMM", "LLL", "LLLL", "LLLLL", "EEE", "EEEE", "EEEEE", "EEEEEE", "ccc", "cccc", "ccccc", "cccccc",
    "a", "aaaa", "aaaaa", "G", "GGGG", "GGGGG",
];

/// A piece of a date pattern (UTS #35, section 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// A letter, and how often it stands there.
    Field(char, u8),
}

/// What is wrong with a pattern, and where: bytes from its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From its start to its end.
    pub at: std::ops::Range<usize>,
    /// What is wrong: a sentence.
    pub message: String,
    /// What to write.
    pub help: Option<String>,
}

/// Letters, how often each may stand, whether it belongs to the time of day, and what it is.
const FIELDS: [(char, &[u8], bool, &str); 23] = [
    ('y', &[1, 2, 3, 4], false, "year"),
    ('u', &[1, 2, 3, 4], false, "year"),
    ('G', &[1, 2, 3, 4, 5], false, "era"),
    ('Q', &[1, 2], false, "quarter"),
    ('M', &[1, 2, 3, 4, 5], false, "month"),
    ('L', &[1, 2, 3, 4, 5], false, "month by itself"),
    ('d', &[1, 2], false, "day of the month"),
    ('D', &[1, 2, 3], false, "day of the year"),
    ('E', &[1, 2, 3, 4, 5, 6], false, "day of the week"),
    ('c', &[3, 4, 5, 6], false, "day of the week by itself"),
    ('a', &[1, 2, 3, 4, 5], true, "am or pm"),
    ('h', &[1, 2], true, "hour from 1 to 12"),
    ('H', &[1, 2], true, "hour from 0 to 23"),
    ('K', &[1, 2], true, "hour from 0 to 11"),
    ('k', &[1, 2], true, "hour from 1 to 24"),
    ('m', &[1, 2], true, "minute"),
    ('s', &[1, 2], true, "second"),
    ('S', &[1, 2, 3, 4, 5, 6, 7, 8, 9], true, "fraction of a second"),
    ('X', &[1, 2, 3], true, "offset, `Z` for none"),
    ('x', &[1, 2, 3], true, "offset"),
    ('Z', &[1, 2, 3, 5], true, "offset"),
    ('V', &[2], true, "name of the zone"),
    // Not a field: what people write for the year of a date.
    ('Y', &[], false, "year of the week"),
];

/// Cuts a pattern into pieces. `time`: whether there is a time of day.
pub fn pattern(text: &str, time: bool) -> Result<Vec<Piece>, Mistake> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, letter)) = chars.next() {
        if letter == '\'' {
            quoted(text, start, &mut chars, &mut pieces)?;
            continue;
        }
        if !letter.is_ascii_alphabetic() {
            literal(&mut pieces, &letter.to_string());
            continue;
        }
        let mut count = 1;
        while chars.next_if(|(_, next)| *next == letter).is_some() {
            count += 1;
        }
        pieces.push(field(letter, count, start, time)?);
    }
    Ok(pieces)
}

fn literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// `'text'`, and `''` for the mark itself.
fn quoted(
    text: &str,
    start: usize,
    chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    pieces: &mut Vec<Piece>,
) -> Result<(), Mistake> {
    if chars.next_if(|(_, next)| *next == '\'').is_some() {
        literal(pieces, "'");
        return Ok(());
    }
    loop {
        match chars.next() {
            Some((_, '\'')) if chars.next_if(|(_, next)| *next == '\'').is_some() => literal(pieces, "'"),
            Some((_, '\'')) => return Ok(()),
            Some((_, c)) => literal(pieces, &c.to_string()),
            None => {
                return Err(Mistake {
                    at: start..text.len(),
                    message: "the quoted text does not end".to_owned(),
                    help: Some("end it with `'`; the mark itself is `''`".to_owned()),
                });
            }
        }
    }
}

fn field(letter: char, count: usize, start: usize, time: bool) -> Result<Piece, Mistake> {
    let written: String = std::iter::repeat_n(letter, count).collect();
    let mistake = |message: String, help: Option<String>| Mistake {
        at: start..start + count,
        message,
        help,
    };
    let Some((_, counts, of_time, what)) = FIELDS.iter().find(|(known, ..)| *known == letter) else {
        let help = match letter {
            'z' | 'v' | 'O' => "names of time zones are not there: `XXX` writes the offset, `VV` the zone".to_owned(),
            'w' | 'W' | 'e' | 'g' | 'F' => "weeks are not counted; `d` is the day of the month, `E` the day of the week".to_owned(),
            'B' | 'b' => "write `a` for am and pm".to_owned(),
            't' | 'T' => format!("put text between quotes: `'{letter}'`"),
            _ => "letters here: `y` year, `M` month, `d` day, `E` weekday, `H` hour, `m` minute, `s` second; text stands between `'`".to_owned(),
        };
        return Err(mistake(format!("`{written}` is no field of a date"), Some(help)));
    };
    if letter == 'Y' {
        let help = format!("write `{}`", "y".repeat(count));
        return Err(mistake(
            format!("`{written}` is the year that a week belongs to, not that of the day"),
            Some(help),
        ));
    }
    if *of_time && !time {
        return Err(mistake(
            format!("`{written}` is the {what}, and a `Date` has no time of day"),
            None,
        ));
    }
    match u8::try_from(count).ok().filter(|count| counts.contains(count)) {
        Some(count) => Ok(Piece::Field(letter, count)),
        None => {
            let forms: Vec<String> = counts
                .iter()
                .map(|count| {
                    format!(
                        "`{}`",
                        std::iter::repeat_n(letter, usize::from(*count)).collect::<String>()
                    )
                })
                .collect();
            let help = format!("it is written {}", forms.join(", "));
            Err(mistake(format!("`{written}` has no meaning ({what})"), Some(help)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_has_every_property() {
        for tag in tags() {
            let known = known(tag).expect("listed");
            for name in NAMES {
                let names: Vec<&str> = known.property(name).split('|').collect();
                let wanted = match name.as_bytes()[0] {
                    b'M' | b'L' => 12,
                    b'E' | b'c' => 7,
                    _ => 2,
                };
                assert_eq!(names.len(), wanted, "{name} of {tag}");
            }
            assert_eq!(known.property("number").split('|').count(), 6, "{tag}");
            let money: Vec<&str> = known.property("money").split('|').collect();
            assert_eq!(money.len(), 4, "{tag}");
            assert!(
                money.iter().all(|it| it.contains('#') && it.contains('¤')),
                "{money:?} of {tag}"
            );
            assert!(!known.property("symbols").is_empty(), "{tag}");
        }
    }

    #[test]
    fn a_locale_is_the_nearest_that_there_is() {
        assert_eq!(
            known("de-AT").map(|it| it.property("MMMM").split('|').next().unwrap()),
            Some("Jänner")
        );
        assert_eq!(known("de-LU").map(|it| it.tag), Some("de"));
        assert_eq!(known("EN-gb").map(|it| it.tag), Some("en-GB"));
        assert_eq!(
            known("en-GB").unwrap().property("EEEE"),
            known("en").unwrap().property("EEEE")
        );
        assert!(known("xx").is_none());
    }

    #[test]
    fn a_pattern_is_cut_into_fields_and_text() {
        use Piece::{Field, Text};
        let text = |it: &str| Text(it.to_owned());
        assert_eq!(
            pattern("d. MMM yyyy, HH'h'mm ''", true),
            Ok(vec![
                Field('d', 1),
                text(". "),
                Field('M', 3),
                text(" "),
                Field('y', 4),
                text(", "),
                Field('H', 2),
                text("h"),
                Field('m', 2),
                text(" '"),
            ])
        );
        assert_eq!(pattern("'it''s' d", false), Ok(vec![text("it's "), Field('d', 1)]));
        assert_eq!(pattern("", false), Ok(Vec::new()));
        for (wrong, at) in [
            ("d MMMMMM", 2..8),
            ("yyyy-mm", 5..7),
            ("b", 0..1),
            ("d 'of", 2..5),
            ("YYYY", 0..4),
            ("é n", 3..4),
        ] {
            assert_eq!(pattern(wrong, false).map_err(|it| it.at), Err(at), "{wrong}");
        }
        assert!(pattern("H:mm XXX", true).is_ok() && pattern("z", true).is_err());
    }
}
