//! Scenarios: a service, upstream answers and faults, requests, and what must come of them, written as Markdown.
//!
//! A file of `tests/scenarios` has one `bff` block, whose client bears the name of the file, and a section per case:
//!
//! - `upstream` blocks: `users GET /users/u1`, then `200 after 50ms` (or `fail connect after 5ms`, `never`), headers, and the body;
//! - `request` blocks: `GET /home?limit=2`, headers, and the body. Several are sent one after another; where one says `request at 20ms`
//!   they are sent by the clock, those that do not say when at once;
//! - a `response` block for each: `200 at 50ms` (the time is optional, and counts from the beginning of the case), headers that must
//!   be there (`!name` must not), and the body: JSON is compared to the letter once white space is taken out, so the order of fields
//!   counts. `gone at 40ms` is a client that goes away then; `200 cut` an answer that ends before its time;
//! - a body after a first line that says `in pieces` comes line by line, each after its own delay: `20ms some text`, `5ms 64KB` of
//!   dots, `10ms cut` for an end before its time;
//! - perhaps a `sent` block: `0ms users GET /users/u1` for every upstream request in order, each with indented headers that it must have.

/// A case of a scenario file.
#[derive(Debug)]
pub struct Case {
    /// Its heading.
    pub name: String,
    /// The answers of upstreams.
    pub upstreams: Vec<Exchange>,
    /// What is asked, and what must come back.
    pub turns: Vec<Turn>,
    /// What must have been sent, if that is said.
    pub sent: Option<Vec<Sent>>,
}

/// A request of a client and its answer.
#[derive(Debug, Clone)]
pub struct Turn {
    /// When it is sent, in milliseconds from the beginning of the case, if that is said.
    pub at: Option<u64>,
    /// What is asked.
    pub request: Message,
    /// What must come back.
    pub response: Message,
}

/// An upstream request and what becomes of it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// `users GET /users/u1`.
    pub request: String,
    /// `200 after 50ms` and its like, headers and body.
    pub outcome: Message,
}

/// A first line, headers, and a body.
#[derive(Debug, Clone, Default)]
pub struct Message {
    /// The first line.
    pub line: String,
    /// Headers as written.
    pub headers: Vec<(String, String)>,
    /// Everything after the headers.
    pub body: String,
}

/// An upstream request that must have been made.
#[derive(Debug)]
pub struct Sent {
    /// `0ms users GET /users/u1`.
    pub line: String,
    /// Headers that it must have had.
    pub headers: Vec<(String, String)>,
}

/// A piece of a body, and how long it takes to come.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Milliseconds after the piece before.
    pub delay: u64,
    /// What comes; `None` is the end of the connection.
    pub text: Option<String>,
}

impl Message {
    /// The first line without `in pieces`, and the pieces of the body if it says so.
    pub fn pieces(&self) -> (String, Option<Vec<Piece>>) {
        match self.line.split_once(" in pieces") {
            Some((line, rest)) => (
                format!("{line}{rest}"),
                Some(self.body.lines().filter_map(piece).collect()),
            ),
            None => (self.line.clone(), None),
        }
    }
}

fn piece(line: &str) -> Option<Piece> {
    let (delay, text) = line.split_once("ms ")?;
    let text = match text.strip_suffix("KB").and_then(|size| size.parse::<usize>().ok()) {
        Some(size) => Some(".".repeat(size << 10)),
        None => (text != "cut").then(|| text.to_owned()),
    };
    Some(Piece {
        delay: delay.trim().parse().ok()?,
        text,
    })
}

/// The text of the `bff` block of a scenario file.
pub fn spec(text: &str) -> Option<String> {
    blocks(text)
        .into_iter()
        .find(|(info, _)| info == "bff")
        .map(|(_, block)| block)
}

/// The cases of a scenario file.
///
/// # Errors
/// A sentence that says what is missing in which case.
pub fn cases(text: &str) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let name = section.lines().next().unwrap_or_default().to_owned();
        let blocks = blocks(section);
        let one = |info: &str| blocks.iter().find(|(it, _)| it == info).map(|(_, block)| block);
        let turns = turns(&blocks).ok_or(format!("{name}: as many responses as requests, and at least one"))?;
        let upstreams = blocks
            .iter()
            .filter(|(info, _)| info == "upstream")
            .map(|(_, block)| exchange(block))
            .collect();
        let sent = one("sent").map(|block| sent(block));
        cases.push(Case {
            upstreams,
            turns,
            sent,
            name,
        });
    }
    Ok(cases)
}

/// Requests with their responses, in the order in which they stand.
fn turns(blocks: &[(String, String)]) -> Option<Vec<Turn>> {
    let of = |word: &str| {
        let word = word.to_owned();
        blocks
            .iter()
            .filter(move |(info, _)| info.split_whitespace().next() == Some(&word))
    };
    if of("request").count() != of("response").count() || of("request").count() == 0 {
        return None;
    }
    let turn = |((info, request), (_, response)): (&(String, String), &(String, String))| Turn {
        at: info
            .strip_prefix("request at ")
            .and_then(|at| at.strip_suffix("ms")?.parse().ok()),
        request: message(request),
        response: message(response),
    };
    Some(of("request").zip(of("response")).map(turn).collect())
}

fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

fn exchange(block: &str) -> Exchange {
    let (request, outcome) = block.split_once('\n').unwrap_or((block, ""));
    Exchange {
        request: request.trim().to_owned(),
        outcome: message(outcome),
    }
}

fn message(block: &str) -> Message {
    let mut lines = block.lines();
    let line = lines.next().unwrap_or_default().trim().to_owned();
    let rest: Vec<&str> = lines.collect();
    let header = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default().trim_start_matches('!');
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let count = rest.iter().take_while(|line| header(line)).count();
    let headers = rest[..count].iter().map(|line| pair(line)).collect();
    Message {
        line,
        headers,
        body: rest[count..].join("\n").trim().to_owned(),
    }
}

fn pair(line: &str) -> (String, String) {
    let (name, value) = line.split_once(':').unwrap_or((line, ""));
    (name.trim().to_owned(), value.trim().to_owned())
}

fn sent(block: &str) -> Vec<Sent> {
    let mut list: Vec<Sent> = Vec::new();
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        match (line.starts_with(' '), list.last_mut()) {
            (true, Some(last)) => last.headers.push(pair(line)),
            _ => list.push(Sent {
                line: line.trim().to_owned(),
                headers: Vec::new(),
            }),
        }
    }
    list
}

/// JSON without the white space between its tokens; other text as it is.
pub fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if c.is_whitespace() && !quoted {
            continue;
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && c == '\\' && !escaped;
        out.push(c);
    }
    out
}
