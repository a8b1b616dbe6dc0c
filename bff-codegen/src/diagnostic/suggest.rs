//! "Did you mean": the closest of the names that exist, or a short list of them.

/// How many names a list shows before it only counts the rest.
const LISTED: usize = 8;

/// The name that was probably meant: the same but for case, `_` and `-`; else one at a small edit distance, else the only
/// one that begins so. A distance above a third of the longer name suggests nothing, and names of one or two letters are
/// never guessed.
pub fn closest<'a>(wanted: &str, options: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = normalize(wanted);
    let mut best: Option<(usize, &str)> = None;
    let mut longer = Vec::new();
    for option in options.into_iter().filter(|option| *option != wanted) {
        if normalize(option) == plain && !plain.is_empty() {
            return Some(option);
        }
        if plain.len() >= 3 && normalize(option).starts_with(&plain) {
            longer.push(option);
        }
        let length = wanted.chars().count().max(option.chars().count());
        if length < 3 || length.abs_diff(wanted.chars().count().min(option.chars().count())) > length / 3 {
            continue;
        }
        let distance = strsim::osa_distance(&wanted.to_lowercase(), &option.to_lowercase());
        if distance <= length / 3 && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, option));
        }
    }
    match (best, longer.as_slice()) {
        (Some((_, option)), _) => Some(option),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

/// The names that exist, in backticks: `` `a`, `b` ``, at most eight, then `and 4 more`.
pub fn list<'a>(options: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = options.into_iter().collect();
    // A rest of one takes no more room when it is named.
    let shown = if all.len() == LISTED + 1 {
        all.len()
    } else {
        all.len().min(LISTED)
    };
    let mut text = all[..shown]
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if shown < all.len() {
        text += &format!(" and {} more", all.len() - shown);
    }
    text
}

/// ``did you mean `catalog`?``, if a name is close.
pub fn did_you_mean<'a>(wanted: &str, options: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(wanted, options).map(|name| format!("did you mean `{name}`?"))
}

/// ``did you mean `catalog`?``, else ``upstreams here: `catalog`, `orders` `` for the given plural, else nothing.
pub fn help(wanted: &str, options: &[&str], plural: &str) -> Option<String> {
    did_you_mean(wanted, options.iter().copied())
        .or_else(|| (!options.is_empty()).then(|| format!("{plural} here: {}", list(options.iter().copied()))))
}

/// What a type of another language is called here.
pub fn scalar(name: &str) -> Option<&'static str> {
    Some(match normalize(name).as_str() {
        "integer" | "int32" | "int64" | "long" | "short" | "i32" | "i64" | "u32" | "u64" | "bigint" => "Int",
        "number" | "double" | "f32" | "f64" | "float32" | "float64" | "real" => "Float",
        "bigdecimal" | "money" | "currency" | "numeric" => "Decimal",
        "bool" => "Boolean",
        "str" | "text" | "char" | "varchar" | "email" => "String",
        "guid" => "Uuid",
        "uri" | "link" => "Url",
        "timestamp" | "instant" | "time" | "offsetdatetime" | "zoneddatetime" | "isodate" => "DateTime",
        "localdate" | "day" => "Date",
        "object" | "any" | "unknown" | "dict" | "value" => "Json",
        "binary" | "blob" | "buffer" | "base64" => "Bytes",
        _ => return None,
    })
}

/// Case and separators are what people remember worst: `user_id`, `userId` and `User-Id` are one name.
fn normalize(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-'));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_name() {
        let names = ["orders", "catalog", "users"];
        assert_eq!(closest("catlog", names), Some("catalog"));
        assert_eq!(closest("ctaalog", names), Some("catalog"));
        assert_eq!(closest("user", names), Some("users"));
    }

    #[test]
    fn case_and_separators_come_before_distance() {
        assert_eq!(closest("userid", ["userin", "user_id"]), Some("user_id"));
        assert_eq!(closest("PRODUCT", ["products", "product"]), Some("product"));
    }

    #[test]
    fn the_beginning_of_one_name_is_enough() {
        assert_eq!(
            closest("greetings", ["greetings_name", "hello"]),
            Some("greetings_name")
        );
        assert_eq!(closest("order", ["order_by_id", "order_by_name"]), None);
    }

    #[test]
    fn nothing_silly_is_suggested() {
        assert_eq!(closest("recommender", ["orders", "users"]), None);
        assert_eq!(closest("id", ["ip", "to"]), None);
        assert_eq!(closest("title", ["price", "total"]), None);
        assert_eq!(closest("_", ["a"]), None);
        assert_eq!(closest("same", ["same"]), None);
    }

    #[test]
    fn types_of_other_languages_are_known() {
        assert_eq!(scalar("Integer"), Some("Int"));
        assert_eq!(scalar("big_decimal"), Some("Decimal"));
        assert_eq!(scalar("Order"), None);
    }

    #[test]
    fn the_list_is_bounded() {
        let names: Vec<String> = (0..20).map(|n| format!("name{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(list(names.iter().copied()).ends_with("`name7` and 12 more"));
        assert!(list(names[..9].iter().copied()).ends_with("`name8`"));
    }

    #[test]
    fn help_names_the_closest_or_all() {
        assert_eq!(
            help("catlog", &["catalog", "orders"], "upstreams").unwrap(),
            "did you mean `catalog`?"
        );
        assert_eq!(
            help("zzz", &["catalog", "orders"], "upstreams").unwrap(),
            "upstreams here: `catalog`, `orders`"
        );
        assert_eq!(help("zzz", &[], "upstreams"), None);
    }
}
