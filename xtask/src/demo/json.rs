//! JSON text laid out for reading, in the order in which it came.

/// Objects and lists that fit this many columns stay on one line.
const WIDTH: usize = 100;

/// Lays out a JSON text, at most `most` lines of it. What is not JSON comes back as it is.
pub(super) fn pretty(text: &str, most: usize) -> String {
    let lines = match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => lay_out(text),
        Err(_) => text.lines().map(str::to_owned).collect(),
    };
    if lines.len() <= most {
        return lines.join("\n");
    }
    let shown = most.saturating_sub(1);
    format!("{}\n… {} more lines", lines[..shown].join("\n"), lines.len() - shown)
}

/// Breaks a valid JSON text into lines.
fn lay_out(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    lay(&tokens(text), 0, &mut lines);
    lines
}

/// Writes one value that starts with the first token; the last line of `lines` is where it goes.
fn lay(tokens: &[&str], depth: usize, lines: &mut Vec<String>) {
    let flat = flat(tokens);
    let used = lines.last().map_or(0, |line| line.chars().count());
    let brackets = matches!(tokens.first(), Some(&("{" | "[")));
    if !brackets || used + flat.chars().count() <= WIDTH {
        push(lines, &flat);
        return;
    }
    push(lines, tokens[0]);
    for (entry, last) in entries(&tokens[1..tokens.len() - 1]) {
        lines.push("  ".repeat(depth + 1));
        let value = if entry.get(1) == Some(&":") {
            push(lines, &format!("{}: ", entry[0]));
            &entry[2..]
        } else {
            entry
        };
        lay(value, depth + 1, lines);
        if !last {
            push(lines, ",");
        }
    }
    lines.push("  ".repeat(depth));
    push(lines, tokens[tokens.len() - 1]);
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// Splits the inside of a bracket at its own commas; says which entry is the last one.
fn entries<'a, 't>(tokens: &'a [&'t str]) -> Vec<(&'a [&'t str], bool)> {
    let mut depth = 0;
    let parts: Vec<_> = tokens
        .split(|token| {
            match *token {
                "{" | "[" => depth += 1,
                "}" | "]" => depth -= 1,
                _ => {}
            }
            *token == "," && depth == 0
        })
        .collect();
    let count = parts.len();
    parts
        .into_iter()
        .enumerate()
        .map(|(at, part)| (part, at + 1 == count))
        .collect()
}

fn flat(tokens: &[&str]) -> String {
    let mut text = String::new();
    let mut before = "";
    for token in tokens {
        let empty = matches!((before, *token), ("{", "}"));
        if matches!(before, "," | ":") || (before == "{" || *token == "}") && !empty {
            text.push(' ');
        }
        text.push_str(token);
        before = token;
    }
    text
}

/// The tokens of a valid JSON text: brackets, commas, colons, and everything else whole.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => at += 1,
            b'"' => {
                at += 1;
                while bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            byte if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => {
                while at < bytes.len() && !matches!(bytes[at], b',' | b'}' | b']') && !bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
            }
        }
        tokens.push(&text[start..at]);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_on_one_line() {
        assert_eq!(
            pretty(r#"{"b":[1,2.50],"a":{},"c":[]}"#, 10),
            r#"{ "b": [1, 2.50], "a": {}, "c": [] }"#
        );
        assert_eq!(pretty(r#""a \" , {""#, 10), r#""a \" , {""#);
    }

    #[test]
    fn what_is_long_has_one_entry_per_line_in_its_own_order() {
        let long = "x".repeat(70);
        let text = format!(r#"{{"z":"{long}","a":[{{"k":1}},"{long}","{long}"]}}"#);
        let expected = format!(
            "{{\n  \"z\": \"{long}\",\n  \"a\": [\n    {{ \"k\": 1 }},\n    \"{long}\",\n    \"{long}\"\n  ]\n}}"
        );
        assert_eq!(pretty(&text, 20), expected);
    }

    #[test]
    fn more_lines_than_wanted_are_counted() {
        let text = format!("[{}]", vec![format!("\"{}\"", "y".repeat(60)); 10].join(","));
        let shown = pretty(&text, 5);
        assert_eq!(shown.lines().count(), 5);
        assert!(shown.ends_with("… 8 more lines"), "{shown}");
    }

    #[test]
    fn what_is_not_json_is_shown_as_it_is() {
        assert_eq!(pretty("<h1>no</h1>", 5), "<h1>no</h1>");
    }
}
