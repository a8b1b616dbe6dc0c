//! The patterns of a client as a tree of segments, built once; a request walks it without allocating, except for the
//! places of its parameters.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use http::Method;

use super::Verb;
use super::pattern::{Piece, Segment, literal_len, match_mixed, parse};

/// All paths of one client. Routes are known by their position in the list that the tree was built from.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    routes: Vec<Entry>,
    /// The mount without a trailing slash: empty for `/`.
    mount: String,
}

#[derive(Debug)]
struct Entry {
    verb: Verb,
    names: Vec<String>,
    /// How specific each segment is: what decides between patterns that no single segment tells apart.
    ranks: Vec<Rank>,
}

/// How specific a segment is, the smaller the more: its kind, then the length of its literal text.
type Rank = (u8, Reverse<usize>);

fn rank(segment: &Segment) -> Rank {
    match segment {
        Segment::Literal(_) => (0, Reverse(0)),
        Segment::Mixed(pieces) => (1, Reverse(literal_len(pieces))),
        Segment::Param => (2, Reverse(0)),
        Segment::Rest => (3, Reverse(0)),
    }
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, usize>,
    mixed: Vec<(Vec<Piece>, usize)>,
    param: Option<usize>,
    /// Routes whose `*` stands here.
    rest: Vec<usize>,
    /// Routes that end here.
    routes: Vec<usize>,
}

/// The route that answers, and where its parameters lie in the normal path.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Position of the route.
    pub route: usize,
    /// One range of the path per parameter, from left to right, then that of `*`.
    pub captures: Vec<Range<usize>>,
}

/// Why no route answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// No pattern fits the path.
    NotFound,
    /// Only other methods would match, such as `GET, HEAD, POST`.
    MethodNotAllowed {
        /// The value of `allow`.
        allow: String,
        /// The most specific of those routes.
        route: usize,
    },
}

impl Tree {
    /// A tree of the routes of one client, given as method and path below the mount, in text order.
    pub fn new<'p>(mount: &str, routes: impl IntoIterator<Item = (Verb, &'p str)>) -> Self {
        let mut tree = Self {
            nodes: vec![Node::default()],
            routes: Vec::new(),
            mount: normal_mount(mount),
        };
        for (verb, path) in routes {
            tree.insert(verb, path);
        }
        for node in &mut tree.nodes {
            node.mixed.sort_by_key(|(pieces, _)| Reverse(literal_len(pieces)));
            for routes in [&mut node.rest, &mut node.routes] {
                routes.sort_by_key(|&route| tree.routes[route].verb == Verb::Any);
            }
        }
        tree
    }

    fn insert(&mut self, verb: Verb, path: &str) {
        let (mut segments, names) = parse(path);
        if path == "/" && !self.mount.is_empty() {
            segments.clear();
        }
        let route = self.routes.len();
        let ranks = segments.iter().map(rank).collect();
        self.routes.push(Entry { verb, names, ranks });
        let mut at = 0;
        for segment in segments {
            at = match segment {
                Segment::Rest => return self.nodes[at].rest.push(route),
                segment => self.child(at, segment),
            };
        }
        self.nodes[at].routes.push(route);
    }

    fn child(&mut self, at: usize, segment: Segment) -> usize {
        let next = self.nodes.len();
        let node = &mut self.nodes[at];
        let child = match segment {
            Segment::Literal(text) => *node.literals.entry(text).or_insert(next),
            Segment::Mixed(pieces) => match node.mixed.iter().find(|(other, _)| *other == pieces) {
                Some((_, child)) => *child,
                None => {
                    node.mixed.push((pieces, next));
                    next
                }
            },
            Segment::Param | Segment::Rest => *node.param.get_or_insert(next),
        };
        if child == next {
            self.nodes.push(Node::default());
        }
        child
    }

    /// Whether a route is more specific than another one that fits the same path, or stands above it.
    fn beats(&self, route: usize, other: usize) -> bool {
        let key = |route: usize| (&self.routes[route].ranks, route);
        key(route) < key(other)
    }

    /// The names of a route's parameters, as its captures are ordered; `*` has none.
    pub fn names(&self, route: usize) -> &[String] {
        &self.routes[route].names
    }

    /// The route for a method and a normal path (see [`super::normalize`]). `holds` decides the `when` of a route.
    pub fn find(&self, method: &Method, path: &str, holds: impl FnMut(usize) -> bool) -> Result<Found, Miss> {
        let below = path.strip_prefix(self.mount.as_str()).ok_or(Miss::NotFound)?;
        let start = match below.as_bytes() {
            [] => None,
            [b'/', ..] => Some(self.mount.len() + 1),
            _ => return Err(Miss::NotFound),
        };
        let verb = Verb::of(method);
        let mut seek = Seek {
            tree: self,
            verb,
            path,
            holds,
            captures: Vec::new(),
            allow: 0,
            nearest: None,
        };
        match seek.visit(0, start) {
            Some(route) => Ok(Found {
                route,
                captures: seek.captures,
            }),
            None => Err(seek.nearest.map_or(Miss::NotFound, |route| {
                let allow = allow_header(seek.allow);
                Miss::MethodNotAllowed { allow, route }
            })),
        }
    }
}

/// One search: depth first, the better child first. A node stands for one prefix, so none is visited twice.
struct Seek<'t, H> {
    tree: &'t Tree,
    verb: Option<Verb>,
    path: &'t str,
    holds: H,
    captures: Vec<Range<usize>>,
    /// The verbs of routes that would match but for the method, one bit each.
    allow: u16,
    /// The first of them.
    nearest: Option<usize>,
}

impl<H: FnMut(usize) -> bool> Seek<'_, H> {
    /// Tries the node whose next segment begins at `start`; `None` when the path has ended.
    fn visit(&mut self, node: usize, start: Option<usize>) -> Option<usize> {
        let tree = self.tree;
        let node = &tree.nodes[node];
        let Some(start) = start else {
            return self.choose(&node.routes);
        };
        let end = self.path[start..].find('/').map_or(self.path.len(), |at| start + at);
        let next = (end < self.path.len()).then_some(end + 1);
        let segment = &self.path[start..end];
        if let Some(&child) = node.literals.get(segment)
            && let Some(found) = self.visit(child, next)
        {
            return Some(found);
        }
        let before = self.captures.len();
        if let Some(found) = self.visit_mixed(&node.mixed, start..end, next) {
            return Some(found);
        }
        if let Some(child) = node.param.filter(|_| !segment.is_empty()) {
            self.captures.push(start..end);
            if let Some(found) = self.visit(child, next) {
                return Some(found);
            }
            self.captures.truncate(before);
        }
        if node.rest.is_empty() {
            return None;
        }
        self.captures.push(start..self.path.len());
        let found = self.choose(&node.rest);
        if found.is_none() {
            self.captures.truncate(before);
        }
        found
    }

    /// Tries the mixed children that a segment fits. Of children with equally much literal text the later segments decide,
    /// then the text.
    fn visit_mixed(
        &mut self,
        mixed: &[(Vec<Piece>, usize)],
        place: Range<usize>,
        next: Option<usize>,
    ) -> Option<usize> {
        let before = self.captures.len();
        let mut best: Option<(usize, Vec<Range<usize>>)> = None;
        for (at, (pieces, child)) in mixed.iter().enumerate() {
            let path = self.path;
            if match_mixed(pieces, &path[place.clone()], place.start, &mut self.captures)
                && let Some(found) = self.visit(*child, next)
                && best.as_ref().is_none_or(|(other, _)| self.tree.beats(found, *other))
            {
                best = Some((found, self.captures.clone()));
            }
            self.captures.truncate(before);
            let rivals = mixed
                .get(at + 1)
                .is_some_and(|(next, _)| literal_len(next) == literal_len(pieces));
            if best.is_some() && !rivals {
                break;
            }
        }
        let (found, captures) = best?;
        self.captures = captures;
        Some(found)
    }

    /// The first of the routes of one pattern whose method and `when` match: named methods first, then `ANY`.
    fn choose(&mut self, routes: &[usize]) -> Option<usize> {
        let fallback = if self.verb == Some(Verb::Head) {
            Some(Verb::Get)
        } else {
            None
        };
        for wanted in [self.verb, fallback, Some(Verb::Any)].into_iter().flatten() {
            for &route in routes {
                if self.tree.routes[route].verb == wanted && (self.holds)(route) {
                    return Some(route);
                }
            }
        }
        for &route in routes {
            let verb = self.tree.routes[route].verb;
            if verb != Verb::Any && Some(verb) != self.verb && (self.holds)(route) {
                self.allow |= 1 << verb as u16;
                self.nearest.get_or_insert(route);
            }
        }
        None
    }
}

fn allow_header(bits: u16) -> String {
    let mut bits = bits;
    if bits & (1 << Verb::Get as u16) != 0 {
        bits |= 1 << Verb::Head as u16;
    }
    let all = [
        Verb::Get,
        Verb::Head,
        Verb::Post,
        Verb::Put,
        Verb::Patch,
        Verb::Delete,
        Verb::Options,
    ];
    let names: Vec<_> = all
        .iter()
        .filter(|&&verb| bits & (1 << verb as u16) != 0)
        .map(|verb| verb.name())
        .collect();
    names.join(", ")
}

fn normal_mount(mount: &str) -> String {
    let mount = mount.trim_end_matches('/');
    super::normalize(mount).map_or_else(|_| mount.to_owned(), std::borrow::Cow::into_owned)
}
