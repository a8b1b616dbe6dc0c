//! Words: those of the language, and what other languages call the same.

/// Words that cannot name anything.
const RESERVED: [&str; 17] = [
    "when", "for", "in", "on", "else", "undo", "match", "fail", "headers", "as", "call", "let", "respond", "deliver",
    "true", "false", "null",
];

/// Whether a word cannot name anything.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Whether a reserved word begins an operand.
pub(super) fn begins_operand(word: &str) -> bool {
    !is_reserved(word) || matches!(word, "match" | "fail" | "call" | "true" | "false" | "null")
}

/// Whether a word is a method in capitals.
pub(super) fn is_method(word: &str) -> bool {
    matches!(
        word,
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "ANY" | "SSE" | "WS" | "GRAPHQL"
    )
}

/// Words that begin a declaration elsewhere, with the word here.
const DECLARATIONS: [(&str, &str); 24] = [
    ("struct", "type"),
    ("interface", "type"),
    ("class", "type"),
    ("record", "type"),
    ("message", "type"),
    ("model", "type"),
    ("input", "type"),
    ("object", "type"),
    ("service", "client"),
    ("server", "client"),
    ("gateway", "client"),
    ("app", "client"),
    ("api", "client"),
    ("bff", "client"),
    ("endpoint", "route"),
    ("get", "route GET"),
    ("post", "route POST"),
    ("backend", "upstream"),
    ("source", "upstream"),
    ("cluster", "upstream"),
    ("include", "import"),
    ("require", "import"),
    ("use", "import"),
    ("using", "import"),
];

/// The declaration that another language's word stands for.
pub(super) fn declaration(word: &str) -> Option<&'static str> {
    DECLARATIONS
        .iter()
        .find(|(theirs, _)| *theirs == word)
        .map(|(_, ours)| *ours)
}

/// Declarations of other languages that have none here: what is said, and what helps.
const ABSENT: [(&str, &str, &str); 14] = [
    (
        "function",
        "a file declares no functions",
        "`extern fn name(a: T): U = \"path\"` names one in Rust",
    ),
    (
        "async",
        "a file declares no functions",
        "calls run as soon as their inputs are there: `route GET /path { … }`",
    ),
    (
        "fn",
        "a file declares no functions",
        "`extern fn name(a: T): U = \"path\"` names one in Rust",
    ),
    (
        "func",
        "a file declares no functions",
        "`extern fn name(a: T): U = \"path\"` names one in Rust",
    ),
    (
        "def",
        "a file declares no functions",
        "`extern fn name(a: T): U = \"path\"` names one in Rust",
    ),
    (
        "mutation",
        "there is no `mutation`",
        "what changes something is a route of its own: `route POST /path { … }`",
    ),
    (
        "subscription",
        "there is no `subscription`",
        "what goes on is a route of its own: `route SSE /path { … }`",
    ),
    (
        "scalar",
        "scalars are not declared",
        "they are `String Int Float Decimal Boolean ID Uuid Url Date DateTime Duration Json Bytes`",
    ),
    (
        "schema",
        "there is no `schema`",
        "routes say what can be asked: `route GET /path { … }`",
    ),
    (
        "directive",
        "there are no directives",
        "the notes are `@since @until @scope @pii @deprecated`",
    ),
    (
        "extend",
        "a type is declared at one place",
        "write all fields into `type Name { … }`",
    ),
    (
        "module",
        "a file is a module by itself",
        "remove it; other files are read by `import { … } from \"…\"`",
    ),
    (
        "package",
        "a file is a module by itself",
        "remove it; other files are read by `import { … } from \"…\"`",
    ),
    (
        "namespace",
        "a file is a module by itself",
        "remove it; other files are read by `import { … } from \"…\"`",
    ),
];

/// What is said of a declaration that only other languages have.
pub(super) fn absent(word: &str) -> Option<(&'static str, &'static str)> {
    ABSENT
        .iter()
        .find(|(theirs, ..)| *theirs == word)
        .map(|(_, message, help)| (*message, *help))
}

/// Words of other languages for what begins an item of a route, with what stands here.
const ITEMS: [(&str, &str); 10] = [
    ("return", "respond"),
    ("response", "respond"),
    ("reply", "respond"),
    ("output", "respond"),
    ("var", "let"),
    ("const", "let"),
    ("val", "let"),
    ("fetch", "call"),
    ("params", "query"),
    ("cookies", "cookie"),
];

/// The item of a route that another language's word stands for.
pub(super) fn item(word: &str) -> Option<&'static str> {
    ITEMS.iter().find(|(theirs, _)| *theirs == word).map(|(_, ours)| *ours)
}

/// The unit that somebody means.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "ms" | "msec" | "msecs" | "millis" | "milliseconds" | "millisecond" => "ms",
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" => "m",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "kb" | "k" | "kib" => "KB",
        "mb" | "mib" => "MB",
        "gb" | "g" | "gib" => "GB",
        "percent" | "pct" => "%",
        _ => return None,
    })
}

/// Notes of the language.
pub(crate) const NOTES: [&str; 5] = ["since", "until", "scope", "pii", "deprecated"];
