//! The rules of 7.2 one by one, and the whole against an oracle that says them word by word.

use http::Method;
use proptest::prelude::*;

use super::{Miss, Tree, Verb, normalize};

/// Finds the route and its parameters as text; `holds` is always true.
fn find<'p>(
    mount: &str,
    routes: &[(Verb, &str)],
    method: &Method,
    path: &'p str,
) -> Result<(usize, Vec<&'p str>), Miss> {
    let tree = Tree::new(mount, routes.iter().copied());
    let found = tree.find(method, path, |_| true)?;
    Ok((
        found.route,
        found.captures.into_iter().map(|range| &path[range]).collect(),
    ))
}

fn get(routes: &[&str], path: &str) -> Option<(usize, Vec<String>)> {
    let routes: Vec<_> = routes.iter().map(|path| (Verb::Get, *path)).collect();
    let (route, captures) = find("/m", &routes, &Method::GET, path).ok()?;
    Some((route, captures.into_iter().map(str::to_owned).collect()))
}

fn hit(route: usize, captures: &[&str]) -> Option<(usize, Vec<String>)> {
    Some((route, captures.iter().map(|&text| text.to_owned()).collect()))
}

#[test]
fn a_literal_beats_a_mixed_segment_that_a_parameter_that_the_rest() {
    let routes = ["/*", "/{a}", "/{a}.json", "/x.json"];
    assert_eq!(get(&routes, "/m/x.json"), hit(3, &[]));
    assert_eq!(get(&routes, "/m/y.json"), hit(2, &["y"]));
    assert_eq!(get(&routes, "/m/y"), hit(1, &["y"]));
    assert_eq!(get(&routes, "/m/y/z"), hit(0, &["y/z"]));
}

#[test]
fn of_two_mixed_segments_the_one_with_more_literal_text_is_first() {
    let routes = ["/{a}.json", "/v{a}.json"];
    assert_eq!(get(&routes, "/m/v1.json"), hit(1, &["1"]));
    assert_eq!(get(&routes, "/m/v.json"), hit(0, &["v"]));
}

#[test]
fn segments_are_compared_from_the_left() {
    assert_eq!(get(&["/{a}/b", "/a/{b}"], "/m/a/b"), hit(1, &["b"]));
}

#[test]
fn a_pattern_that_does_not_match_whole_gives_way_to_the_next_best() {
    let routes = ["/a/{b}/c", "/{a}/x/d", "/*"];
    assert_eq!(get(&routes, "/m/a/x/d"), hit(1, &["a"]));
    assert_eq!(get(&routes, "/m/a/x/e"), hit(2, &["a/x/e"]));
}

#[test]
fn a_parameter_in_a_mixed_segment_ends_where_the_next_text_begins_first() {
    assert_eq!(get(&["/{lat},{lon}"], "/m/1,2,3"), hit(0, &["1", "2,3"]));
    assert_eq!(get(&["/{lat},{lon}"], "/m/,2,3"), hit(0, &[",2", "3"]));
    assert_eq!(get(&["/{a}.json"], "/m/x.json.json"), None);
    assert_eq!(get(&["/{a}.json"], "/m/.json"), None);
    assert_eq!(get(&["/{a},{b}"], "/m/1,"), None);
    assert_eq!(get(&["/{a}2{b}"], "/m/%222x"), hit(0, &["%22", "x"]));
}

#[test]
fn the_mount_is_the_route_slash_and_a_trailing_slash_is_another_path() {
    assert_eq!(get(&["/"], "/m"), hit(0, &[]));
    assert_eq!(get(&["/"], "/m/"), None);
    assert_eq!(get(&["/a"], "/m/a/"), None);
    assert_eq!(get(&["/a/"], "/m/a/"), hit(0, &[]));
    assert_eq!(get(&["/{a}"], "/m/"), None);
    assert_eq!(get(&["/a"], "/m//a"), None);
    assert_eq!(get(&["/a"], "/ma"), None);
    let root = [(Verb::Get, "/"), (Verb::Get, "/a")];
    assert_eq!(find("/", &root, &Method::GET, "/"), Ok((0, vec![])));
    assert_eq!(find("/", &root, &Method::GET, "/a"), Ok((1, vec![])));
}

#[test]
fn the_rest_may_be_nothing_but_its_slash_is_written() {
    assert_eq!(get(&["/s/*"], "/m/s/"), hit(0, &[""]));
    assert_eq!(get(&["/s/*"], "/m/s"), None);
    assert_eq!(get(&["/s/*"], "/m/s//a/"), hit(0, &["/a/"]));
}

#[test]
fn letters_keep_their_case() {
    assert_eq!(get(&["/Home"], "/m/home"), None);
}

#[test]
fn another_method_goes_to_the_next_best_pattern() {
    let routes = [(Verb::Get, "/static/x"), (Verb::Any, "/static/*")];
    assert_eq!(find("", &routes, &Method::GET, "/static/x"), Ok((0, vec![])));
    assert_eq!(find("", &routes, &Method::POST, "/static/x"), Ok((1, vec!["x"])));
}

#[test]
fn a_named_method_beats_any_whatever_the_order() {
    let routes = [(Verb::Any, "/a"), (Verb::Post, "/a")];
    assert_eq!(find("", &routes, &Method::POST, "/a"), Ok((1, vec![])));
    assert_eq!(
        find("", &routes, &Method::from_bytes(b"PURGE").unwrap(), "/a"),
        Ok((0, vec![]))
    );
}

#[test]
fn head_is_answered_by_get_unless_a_head_route_is_there() {
    assert_eq!(find("", &[(Verb::Get, "/a")], &Method::HEAD, "/a"), Ok((0, vec![])));
    let both = [(Verb::Get, "/a"), (Verb::Head, "/a")];
    assert_eq!(find("", &both, &Method::HEAD, "/a"), Ok((1, vec![])));
    assert_eq!(
        find("", &[(Verb::Any, "/a"), (Verb::Get, "/a")], &Method::HEAD, "/a"),
        Ok((1, vec![]))
    );
}

#[test]
fn allow_names_the_methods_of_every_pattern_that_fits() {
    let routes = [(Verb::Post, "/a"), (Verb::Get, "/{x}"), (Verb::Delete, "/b")];
    let miss = find("", &routes, &Method::PUT, "/a");
    let allow = "GET, HEAD, POST".to_owned();
    assert_eq!(miss, Err(Miss::MethodNotAllowed { allow, route: 0 }));
    assert_eq!(find("", &routes, &Method::PUT, "/a/b"), Err(Miss::NotFound));
}

#[test]
fn a_route_whose_when_is_false_is_passed_over() {
    let tree = Tree::new("", [(Verb::Get, "/a"), (Verb::Get, "/a"), (Verb::Get, "/{x}")]);
    assert_eq!(tree.find(&Method::GET, "/a", |route| route != 0).unwrap().route, 1);
    assert_eq!(tree.find(&Method::GET, "/a", |route| route == 2).unwrap().route, 2);
    assert_eq!(tree.find(&Method::POST, "/a", |_| false), Err(Miss::NotFound));
}

#[test]
fn one_pattern_may_name_its_parameters_differently() {
    let tree = Tree::new("", [(Verb::Get, "/{id}"), (Verb::Post, "/{name}")]);
    assert_eq!(tree.find(&Method::POST, "/a", |_| true).unwrap().route, 1);
    assert_eq!(tree.names(1), ["name"]);
}

// === The oracle ===

/// 7.2 said word by word: every pattern that matches, each compared segment by segment.
fn oracle(routes: &[(Verb, String)], method: &Method, path: &str) -> Result<usize, bool> {
    let mut fits: Vec<usize> = (0..routes.len()).filter(|&route| fit(&routes[route].1, path)).collect();
    fits.sort_by_key(|&route| rank(&routes[route].1));
    let mut start = 0;
    while start < fits.len() {
        let same = fits[start..]
            .iter()
            .take_while(|&&r| shape(&routes[r].1) == shape(&routes[fits[start]].1))
            .count();
        let group = &fits[start..start + same];
        let verbs = [
            Verb::of(method),
            (method == Method::HEAD).then_some(Verb::Get),
            Some(Verb::Any),
        ];
        for verb in verbs.into_iter().flatten() {
            if let Some(&route) = group.iter().find(|&&route| routes[route].0 == verb) {
                return Ok(route);
            }
        }
        start += same;
    }
    Err(!fits.is_empty())
}

/// The pattern without the names of its parameters.
fn shape(pattern: &str) -> String {
    pattern
        .split('{')
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join("{}")
}

/// Literal, mixed (more text first), parameter, rest: smaller is better.
fn rank(pattern: &str) -> Vec<(u8, isize)> {
    let one = |segment: &str| match segment {
        "*" => (3, 0),
        _ if !segment.contains('{') => (0, 0),
        _ => {
            let text = shape(segment).replace("{}", "").len();
            if text == 0 { (2, 0) } else { (1, -(text as isize)) }
        }
    };
    pattern[1..].split('/').map(one).collect()
}

fn fit(pattern: &str, path: &str) -> bool {
    let expression = pattern.split('/').skip(1).map(|segment| match segment {
        "*" => "/.*".to_owned(),
        segment => format!(
            "/{}",
            shape(segment)
                .split("{}")
                .map(regex::escape)
                .collect::<Vec<_>>()
                .join("[^/]+?")
        ),
    });
    let expression = expression.collect::<String>();
    // A lazy group ends where the next text begins first only if a second try is ruled out, which the pool of
    // segments below does: none of its texts can occur twice.
    regex::Regex::new(&format!("^{expression}$")).unwrap().is_match(path)
}

fn pattern() -> impl Strategy<Value = String> {
    let segment = prop_oneof![
        Just("a"),
        Just("b"),
        Just("{x}"),
        Just("{y}"),
        Just("{x}-z"),
        Just("b{y}"),
        Just("{x}-{y}")
    ];
    (proptest::collection::vec(segment, 1..4), any::<bool>()).prop_map(|(segments, rest)| {
        let end = if rest { "/*" } else { "" };
        format!("/{}{end}", segments.join("/"))
    })
}

fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![Just(Verb::Get), Just(Verb::Post), Just(Verb::Head), Just(Verb::Any)]
}

proptest! {
    #[test]
    fn the_tree_finds_what_the_rules_say(
        routes in proptest::collection::vec((verb(), pattern()), 1..12),
        path in proptest::collection::vec(prop_oneof![Just("a"), Just("b"), Just("b1"), Just("q-z"), Just("b-z"), Just("")], 1..5),
        method in prop_oneof![Just(Method::GET), Just(Method::POST), Just(Method::HEAD), Just(Method::PUT)],
    ) {
        let path = format!("/{}", path.join("/"));
        let tree = Tree::new("", routes.iter().map(|(verb, path)| (*verb, path.as_str())));
        let found = tree.find(&method, &path, |_| true);
        match oracle(&routes, &method, &path) {
            Ok(route) => prop_assert_eq!(found.map(|found| found.route), Ok(route)),
            Err(true) => prop_assert!(matches!(found, Err(Miss::MethodNotAllowed { .. })), "{:?}", found),
            Err(false) => prop_assert_eq!(found, Err(Miss::NotFound)),
        }
    }

    #[test]
    fn a_normal_form_is_stable_and_never_panics(path in "\\PC*") {
        if let Ok(once) = normalize(&path) {
            prop_assert_eq!(normalize(&once), Ok(once.clone()));
            prop_assert!(once.is_ascii());
        }
    }
}
