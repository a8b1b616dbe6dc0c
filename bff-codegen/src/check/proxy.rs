//! `proxy:` of a route (E0422): it answers with what the upstream sends, so nothing else may want to.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::ir::expr::{Expr, ExprKind};
use crate::ir::service::{Proxy, TargetPart};
use crate::model::proxy::{self, TargetPiece};
use crate::model::types::{self, Scalar, Ty};
use crate::syntax::ast::{self, ItemKind};

impl Checker<'_> {
    /// Checks what a proxy route has besides, and the path that it sends.
    pub(super) fn proxy(&mut self, route: &types::Route) -> Option<Proxy> {
        let proxy = route.proxy.as_ref()?;
        self.nothing_else(route, proxy);
        let target = proxy.target.as_ref();
        let target = target.map(|pieces| pieces.iter().map(|piece| self.target_part(piece)).collect());
        Some(Proxy {
            span: proxy.span,
            upstream: proxy.upstream,
            target,
        })
    }

    fn nothing_else(&mut self, route: &types::Route, proxy: &proxy::Proxy) {
        let other = route.ast.items.iter().find_map(|item| match &item.kind {
            ItemKind::Call(call) => Some((call.name.span, "makes no calls")),
            ItemKind::Let { name, .. } => Some((name.span, "computes nothing")),
            ItemKind::Respond(_) => Some((item.span, "has no answer of its own")),
            ItemKind::Deliver(deliver) => Some((deliver.name.span, "delivers nothing")),
            _ => None,
        });
        if let Some((span, what)) = other {
            let found = Diagnostic::error("E0422", span, format!("a route that proxies {what}"))
                .because(proxy.span, "what the upstream sends is the answer")
                .help("remove it, or remove `proxy` and call an operation");
            self.sink.push(found);
        }
        let body = route.body.as_ref();
        if let Some(body) = body.filter(|body| !matches!(body.ty, Ty::Scalar(Scalar::Stream) | Ty::Unknown)) {
            let found = Diagnostic::error("E0422", body.ty_span, "a route that proxies reads no body")
                .because(proxy.span, "it goes upstream as it comes")
                .help("leave `body` out, or bound its size: `body: Stream(..5MB)`");
            self.sink.push(found);
        }
    }

    fn target_part(&mut self, piece: &TargetPiece) -> TargetPart {
        match piece {
            TargetPiece::Literal(text) => TargetPart::Literal(text.clone()),
            TargetPiece::Rest => TargetPart::Rest,
            TargetPiece::Value(value) => TargetPart::Value(self.text_part(value)),
        }
    }

    /// A value that text takes: what `${}` takes.
    fn text_part(&mut self, value: &ast::Expr) -> Expr {
        let text = ast::Expr {
            span: value.span,
            kind: ast::ExprKind::Str(vec![ast::StrPiece::Interp(value.clone())]),
        };
        let text = self.infer(&text, None).expr;
        match text.kind {
            ExprKind::Template(mut pieces) if pieces.len() == 1 => pieces.remove(0),
            _ => text,
        }
    }
}
