//! `send`: which routes answer it (E0702), and whether its body and headers are what they take.

use super::super::Checker;
use super::Testing;
use super::fits::{About, Wanted};
use super::json::JsonKind;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::service::Route;
use crate::ir::test::{Send, Step};
use crate::model::types::Piece;
use crate::settings::value::plain_text;
use crate::syntax::ast;

impl Checker<'_> {
    /// The routes that answer a `send`; several where they have a `when`. None if there should be one and is not.
    pub(super) fn answering(&mut self, step: &ast::Step, expected: &[u16], routes: &[Route]) -> Option<Vec<usize>> {
        let ast::Step::Send { method, target, .. } = step else {
            return Some(Vec::new());
        };
        let client = self.model.client.as_ref()?;
        if matches!(method.text.as_str(), "SSE" | "WS" | "GRAPHQL" | "ANY") {
            let text = format!("`send` takes the method of a request, `{}` is none", method.text);
            self.sink
                .push(Diagnostic::error("E0702", method.span, text).help("write e.g. `send GET /home`"));
            return None;
        }
        let path = target.text.split(['?', '#']).next().unwrap_or_default();
        let full = |route: &Route| match (client.mount.trim_end_matches('/'), route.path.text.as_str()) {
            ("", path) => path.to_owned(),
            (mount, "/") => mount.to_owned(),
            (mount, path) => format!("{mount}{path}"),
        };
        let below = match client.mount.trim_end_matches('/') {
            "" => Some(path),
            mount => path
                .strip_prefix(mount)
                .filter(|rest| rest.is_empty() || rest.starts_with('/')),
        };
        let matching = |(at, route): (usize, &Route)| Some((rank(route, below?)?, at));
        let on_path: Vec<_> = routes.iter().enumerate().filter_map(matching).collect();
        let answers = |at: &usize| match (routes[*at].method.as_str(), method.text.as_str()) {
            ("GET", "HEAD") | ("ANY", _) => true,
            (own, sent) => own == sent,
        };
        let best = on_path
            .iter()
            .filter(|(_, at)| answers(at))
            .map(|(rank, _)| rank)
            .min()
            .cloned();
        if let Some(best) = best {
            let found = on_path
                .iter()
                .filter(|(rank, at)| *rank == best && answers(at))
                .map(|(_, at)| *at);
            return Some(found.collect());
        }
        if expected.iter().any(|status| matches!(status, 400 | 404 | 405)) {
            return Some(Vec::new());
        }
        // A route that was wrong is not among them: nothing is said while there are such.
        if self.model.routes.len() != routes.len() || routes.is_empty() {
            return None;
        }
        let text = format!("no route answers `{} {path}`", method.text);
        let mut found = Diagnostic::error("E0702", target.span, text);
        let paths: Vec<String> = routes.iter().map(full).collect();
        if let Some((_, other)) = on_path.first() {
            let route = &routes[*other];
            found = found
                .because(route.span, "this route has the path, with another method")
                .help(format!(
                    "`send {} {}`, or say that it is refused: `expect 405`",
                    route.method, target.text
                ));
        } else if let Some(near) = suggest::closest(path, paths.iter().map(String::as_str)) {
            let route = paths.iter().position(|it| it == near).map(|at| &routes[at]);
            found = match route {
                Some(route) => found.because(route.span, "the nearest route"),
                None => found,
            };
            found = found.help(format!("did you mean `{near}`?"));
            if !near.contains('{') {
                let query = &target.text[path.len()..];
                found = found.fix(target.span, format!("{near}{query}"));
            }
        } else {
            let shown = routes
                .iter()
                .zip(&paths)
                .map(|(route, path)| format!("{} {path}", route.method));
            let shown: Vec<String> = shown.collect();
            let list = suggest::list(shown.iter().map(String::as_str));
            found = found.help(format!(
                "routes here: {list}; a path that is meant to be unknown says `expect 404`"
            ));
        }
        self.sink.push(found);
        None
    }

    pub(super) fn test_send(&mut self, step: &ast::Step, expected: &[u16], testing: &Testing<'_>) -> Option<Step> {
        let ast::Step::Send {
            method,
            target,
            claims,
            body,
            headers,
            span,
        } = step
        else {
            return None;
        };
        if let Some(claims) = claims {
            self.unsupported(claims.span, "`as`, the claims of a caller,");
        }
        let json = body.as_ref().map(|body| self.test_json(body, false));
        let declared = testing.latest.first().map(|at| &self.model.routes[*at]);
        if let (Some(json), Some(route)) = (&json, declared)
            && expected.iter().all(|status| *status < 400)
        {
            match &route.body {
                Some(field) => {
                    let about = About {
                        code: "E0708",
                        what: "the body",
                    };
                    self.test_fits(json, &field.ty, &Wanted::All, about);
                }
                None => {
                    let text = format!("`{} {}` takes no body", route.method, route.path.text);
                    let found = Diagnostic::error("E0708", json.span, text).because(route.span, "this route");
                    self.sink
                        .push(found.help("remove it, or declare `body: …` in the route"));
                }
            }
        }
        let headers = headers
            .iter()
            .flat_map(|block| &block.settings)
            .filter_map(|it| self.test_header(it));
        Some(Step::Send(Send {
            method: method.text.clone(),
            target: target.text.clone(),
            headers: headers.collect(),
            body: json.map(|json| json.text()),
            span: *span,
        }))
    }

    fn test_header(&mut self, setting: &ast::Setting) -> Option<(String, String)> {
        let ast::Setting::Entry { key, value } = setting else {
            let ast::Setting::Spread { span, .. } = setting else {
                return None;
            };
            let found = Diagnostic::error("E0706", *span, "headers of a test are written one by one");
            self.sink.push(found.help("`headers { \"x-user-id\": \"u1\" }`"));
            return None;
        };
        let name = if key.quoted {
            key.text.clone()
        } else {
            key.text.replace('_', "-")
        };
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(is_token) {
            let found = Diagnostic::error("E0706", key.span, format!("`{name}` cannot be the name of a header"));
            self.sink.push(found.help("letters, digits and `-`"));
            return None;
        }
        let text = self.header_text(value)?;
        Some((name.to_ascii_lowercase(), text))
    }

    /// The value of a header: text, or a number as text.
    pub(super) fn header_text(&mut self, value: &ast::Expr) -> Option<String> {
        if let Some(text) = plain_text(value) {
            let is_visible = |c: char| c == '\t' || !c.is_control();
            if text.chars().all(is_visible) {
                return Some(text);
            }
        } else if let JsonKind::Number(text) = self.test_json(value, false).kind {
            return Some(text);
        } else if !matches!(
            value.kind,
            ast::ExprKind::Scalar(_) | ast::ExprKind::Const(_) | ast::ExprKind::List(_)
        ) {
            return None;
        }
        let found = Diagnostic::error("E0706", value.span, "the value of a header is text on one line");
        self.sink.push(found.help("write it in quotes"));
        None
    }
}

/// How well a path below the mount fits a route, less is better; none if it does not.
fn rank(route: &Route, below: &str) -> Option<Vec<(u8, usize)>> {
    let segments: Vec<&str> = match below {
        "" | "/" => Vec::new(),
        path => path.split('/').skip(1).collect(),
    };
    let own: &[Vec<Piece>] = if route.path.text == "/" {
        &[]
    } else {
        &route.path.segments
    };
    let mut ranks = Vec::with_capacity(own.len());
    for (at, pieces) in own.iter().enumerate() {
        if pieces.as_slice() == [Piece::Rest] {
            ranks.push((3, 0));
            return Some(ranks);
        }
        ranks.push(segment(pieces, &crate::model::path::decode(segments.get(at)?))?);
    }
    (segments.len() == own.len()).then_some(ranks)
}

fn segment(pieces: &[Piece], text: &str) -> Option<(u8, usize)> {
    let mut rest = text;
    let mut literal = 0;
    for (at, piece) in pieces.iter().enumerate() {
        match (piece, pieces.get(at + 1)) {
            (Piece::Literal(own), _) => {
                rest = rest.strip_prefix(own.as_str())?;
                literal += own.len();
            }
            (_, Some(Piece::Literal(next))) => {
                let first = rest.chars().next()?.len_utf8();
                let end = first + rest.get(first..)?.find(next.as_str())?;
                rest = &rest[end..];
            }
            _ if rest.is_empty() => return None,
            _ => rest = "",
        }
    }
    let params = pieces.iter().any(|piece| !matches!(piece, Piece::Literal(_)));
    let kind = match (params, literal) {
        (false, _) => 0,
        (true, 0) => 2,
        (true, _) => 1,
    };
    rest.is_empty().then_some((kind, usize::MAX - literal))
}
