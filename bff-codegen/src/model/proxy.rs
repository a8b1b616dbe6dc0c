//! `proxy:`, `rewrite:` and `accept:` of a route: where its requests are handed on to, and which bodies it takes.

use super::resolve::Resolver;
use super::scope::unknown;
use super::types::{Field, Headers, Meaning, Piece, RoutePath, Scalar, Setting, Ty, Upstream, UpstreamId};
use crate::diagnostic::Diagnostic;
use crate::settings::proxy::Destination;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, Expr, ExprKind, Key, Path, PathPiece, StrPiece};

/// `proxy:` of a route, with its `rewrite:`.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// Where `proxy:` stands.
    pub span: Span,
    /// Where requests go; an address of the route's own is an upstream without operations.
    pub upstream: UpstreamId,
    /// The path that goes there; the one that came if `None`.
    pub target: Option<Vec<TargetPiece>>,
}

/// A piece of the path that a proxy route sends.
#[derive(Clone, Debug)]
pub enum TargetPiece {
    /// As written.
    Literal(String),
    /// A value, percent-encoded.
    Value(ast::Expr),
    /// `*`: what the `*` of the route took.
    Rest,
}

/// What a route says about handing on, each with its place; `None` inside is what could not be read.
pub(super) struct HandedOn {
    pub(super) proxy: Option<(Option<Destination>, Span)>,
    pub(super) rewrite: Option<(Option<Expr>, Span)>,
}

impl Resolver<'_> {
    /// The proxy of a route, if it has one and it can be understood.
    pub(super) fn proxy(&mut self, file: FileId, handed_on: HandedOn, path: &RoutePath) -> Option<Proxy> {
        let Some((destination, span)) = handed_on.proxy else {
            if let Some((_, span)) = handed_on.rewrite {
                let found = Diagnostic::error(
                    "E0423",
                    span,
                    "nothing is handed on here, so there is no path to rewrite",
                );
                self.sink
                    .push(found.help("say where requests go: `proxy: files`, or leave `rewrite` out"));
            }
            return None;
        };
        let (upstream, own) = match destination? {
            Destination::Upstream(name, span) => (self.named_upstream(file, &name, span)?, None),
            Destination::Address(base, target) => (self.address(base, span), target),
        };
        let rewrite = handed_on.rewrite;
        if let (Some(_), Some((_, rewritten))) = (&own, &rewrite) {
            let found = Diagnostic::error("E0423", *rewritten, "the path that goes upstream is written twice")
                .because(span, "this address has a path, too");
            self.sink
                .push(found.help("keep one of them: a path in the address, or `rewrite`"));
            return None;
        }
        let is_own = own.is_some();
        let target = match own.or_else(|| rewrite.and_then(|(rewrite, _)| rewrite)) {
            Some(target) => Some(self.target(&target, path)?),
            None => None,
        };
        let rests = |pieces: &Vec<TargetPiece>| pieces.iter().any(|piece| matches!(piece, TargetPiece::Rest));
        if is_own && has_rest(path) && !target.as_ref().is_some_and(rests) {
            let found = Diagnostic::error("E0423", span, "what the `*` of this route takes would be lost");
            self.sink
                .push(found.help("end the address with it: `\"http://media:8080/assets/*\"`"));
            return None;
        }
        Some(Proxy { span, upstream, target })
    }

    fn named_upstream(&mut self, file: FileId, name: &str, span: Span) -> Option<UpstreamId> {
        match self.model.scope(file).names.get(name) {
            Some((Meaning::Upstream(id), _)) => Some(*id),
            Some((Meaning::Broken, _)) => None,
            _ => {
                let fits = |meaning| matches!(meaning, Meaning::Upstream(_));
                let found = unknown(self.model.scope(file), name, span, ("upstream", "upstreams"), fits, &[]);
                self.sink.push(found);
                None
            }
        }
    }

    /// The upstream that stands for an address; routes with the same address share it.
    fn address(&mut self, base: Setting<String>, span: Span) -> UpstreamId {
        let same = |upstream: &Upstream| upstream.ops.is_empty() && same_setting(&upstream.base, &base);
        if let Some(at) = self.model.upstreams.iter().position(same) {
            return UpstreamId(at as u32);
        }
        let name = match &base {
            Setting::Value(text) => text
                .split_once("://")
                .map_or(text.as_str(), |(_, host)| host)
                .to_owned(),
            Setting::Env { name, .. } => name.to_ascii_lowercase(),
        };
        self.model.upstreams.push(Upstream {
            name,
            span,
            docs: Vec::new(),
            base,
            base_span: span,
            timeout: None,
            headers: Headers::default(),
            ops: Vec::new(),
        });
        UpstreamId(self.model.upstreams.len() as u32 - 1)
    }

    /// The pieces of a path that goes upstream.
    fn target(&mut self, target: &Expr, route: &RoutePath) -> Option<Vec<TargetPiece>> {
        let pieces = match &target.kind {
            ExprKind::Path(path) => self.of_path(path)?,
            ExprKind::Str(pieces) => self.of_text(pieces, target.span)?,
            _ => return None,
        };
        if pieces.iter().any(|piece| matches!(piece, TargetPiece::Rest)) && !has_rest(route) {
            let found = Diagnostic::error(
                "E0423",
                target.span,
                "the `*` here stands for nothing: the route has none",
            );
            self.sink.push(found.help(format!(
                "take the rest of the path in the route: `{}/*`",
                route.text.trim_end_matches('/')
            )));
            return None;
        }
        Some(pieces)
    }

    /// `/assets/*`, `/users/{id}/avatar`.
    fn of_path(&mut self, path: &Path) -> Option<Vec<TargetPiece>> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        for (at, segment) in path.segments.iter().enumerate() {
            text.push('/');
            for piece in segment {
                match piece {
                    PathPiece::Literal(literal, _)
                        if literal == "*" && segment.len() == 1 && at + 1 == path.segments.len() =>
                    {
                        pieces.push(TargetPiece::Literal(std::mem::take(&mut text)));
                        pieces.push(TargetPiece::Rest);
                    }
                    PathPiece::Literal(literal, span) => {
                        self.literal_target(literal, *span)?;
                        text.push_str(literal);
                    }
                    PathPiece::Param { name, ty } => {
                        if let Some(ty) = ty {
                            let found =
                                Diagnostic::error("E0423", ty.span, "in `rewrite` a parameter has only its name");
                            self.sink.push(
                                found.help(format!("`{{{}}}`; its type stands in the path of the route", name.text)),
                            );
                            return None;
                        }
                        pieces.push(TargetPiece::Literal(std::mem::take(&mut text)));
                        pieces.push(TargetPiece::Value(of_path_input(&name.text, name.span)));
                    }
                }
            }
        }
        if path.segments.is_empty() {
            text.push('/');
        }
        pieces.push(TargetPiece::Literal(text));
        pieces.retain(|piece| !matches!(piece, TargetPiece::Literal(text) if text.is_empty()));
        Some(pieces)
    }

    /// `"/rooms/${path.room}"`; a last segment `*` is what the route's took.
    fn of_text(&mut self, written: &[StrPiece], span: Span) -> Option<Vec<TargetPiece>> {
        let mut pieces = Vec::new();
        for (at, piece) in written.iter().enumerate() {
            match piece {
                StrPiece::Interp(value) => pieces.push(TargetPiece::Value(value.clone())),
                StrPiece::Text(text, span) => {
                    let is_last = at + 1 == written.len();
                    let rest = text.strip_suffix('*').filter(|before| is_last && before.ends_with('/'));
                    let literal = rest.unwrap_or(text);
                    self.literal_target(literal, *span)?;
                    pieces.push(TargetPiece::Literal(literal.to_owned()));
                    if rest.is_some() {
                        pieces.push(TargetPiece::Rest);
                    }
                }
            }
        }
        if !matches!(pieces.first(), Some(TargetPiece::Literal(text)) if text.starts_with('/')) {
            let found = Diagnostic::error("E0423", span, "the path that goes upstream begins with `/`");
            self.sink.push(found.help("`rewrite: \"/rooms/${path.room}\"`"));
            return None;
        }
        Some(pieces)
    }

    /// Text of a path that goes upstream as it is written.
    fn literal_target(&mut self, text: &str, span: Span) -> Option<()> {
        let message = if text.contains('*') {
            "`*` stands alone and last in a path"
        } else if text.contains(['?', '#']) {
            "the path that goes upstream has no query of its own: that of the request goes along"
        } else if text.split('/').any(|segment| matches!(segment, "." | "..")) {
            "`.` and `..` name no segment"
        } else if text
            .bytes()
            .any(|it| !it.is_ascii_graphic() || b"\"<>\\^`{|}".contains(&it))
        {
            "this character is not one of a path"
        } else {
            return Some(());
        };
        let found = Diagnostic::error("E0423", span, message);
        self.sink
            .push(found.help("a path of plain segments, `{parameter}`s and a last `*`: `/assets/*`"));
        None
    }

    /// `accept:` goes with a stream that the route takes.
    pub(super) fn accepted(
        &mut self,
        accept: Option<(Option<Vec<(String, Span)>>, Span)>,
        body: Option<&Field>,
        proxies: bool,
    ) -> Vec<(String, Span)> {
        let Some((types, span)) = accept else { return Vec::new() };
        let takes = body.is_some_and(|body| matches!(body.ty, Ty::Scalar(Scalar::Stream) | Ty::Unknown));
        if !takes {
            let found = Diagnostic::error(
                "E0424",
                span,
                "`accept` is about the body of a stream, and this route takes none",
            );
            let found = match body {
                Some(body) if !proxies => {
                    found.because(body.ty_span, "this body is JSON, and nothing else is read as it")
                }
                _ => found,
            };
            self.sink
                .push(found.help("say that the body is a stream: `body: Stream(..5MB)`"));
            return Vec::new();
        }
        types.unwrap_or_default()
    }
}

fn has_rest(path: &RoutePath) -> bool {
    path.segments.iter().flatten().any(|piece| *piece == Piece::Rest)
}

fn same_setting(a: &Setting<String>, b: &Setting<String>) -> bool {
    match (a, b) {
        (Setting::Value(a), Setting::Value(b)) => a == b,
        (
            Setting::Env {
                name: a, default: c, ..
            },
            Setting::Env {
                name: b, default: d, ..
            },
        ) => a == b && c == d,
        _ => false,
    }
}

/// `path.id`
fn of_path_input(name: &str, span: Span) -> Expr {
    let base = Box::new(Expr {
        span,
        kind: ExprKind::Name("path".to_owned()),
    });
    let key = Key {
        text: name.to_owned(),
        quoted: false,
        span,
    };
    Expr {
        span,
        kind: ExprKind::Get {
            base,
            null_safe: false,
            key,
        },
    }
}
