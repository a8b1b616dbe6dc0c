//! Upstreams and their operations: addresses, and where each parameter goes in a request.

use super::client::read_headers;
use super::resolve::Resolver;
use super::types::{Field, Op, OpId, ParamPlace, Scalar, Ty, Upstream, UpstreamId};
use crate::diagnostic::{Diagnostic, suggest};
use crate::settings::{Scope, base, batch, idempotent, not_served, pages, request, safe, timeout};
use crate::source::FileId;
use crate::syntax::ast::{self, EntryKind, Expr, ExprKind, PathPiece, Spec, StrPiece, UpstreamItem};

impl<'a> Resolver<'a> {
    /// Reads an upstream with its operations; `None` where it could not be understood at all.
    pub fn upstream(
        &mut self,
        file: FileId,
        def: &'a ast::Upstream,
        docs: &[String],
        _spec: &Spec,
    ) -> Option<Upstream> {
        if let Some(from) = &def.from {
            let what = format!("upstream … from {}", from.kind.text);
            self.sink.push(not_served(from.kind.span.to(from.file.span), &what));
            return None;
        }
        let settings: Vec<&ast::Setting> = def.items.iter().filter_map(setting).collect();
        // Other ways to say where it is are refused for themselves.
        let elsewhere = settings.iter().any(|it| match it {
            ast::Setting::Entry { key, .. } => matches!(key.text.as_str(), "discover" | "endpoints" | "select"),
            ast::Setting::Spread { .. } => false,
        });
        let (base, timeout, headers) = self.reader(file, |reader| {
            let entries = reader.entries(settings, Scope::Upstream);
            let value = |name: &str| entries.get(name).map(|entry| entry.value);
            let base = match value("base") {
                Some(expr) => base::read(reader, expr).map(|it| (it, expr.span)),
                None if elsewhere => None,
                None => {
                    let found = Diagnostic::error(
                        "E0207",
                        def.name.span,
                        format!("the upstream `{}` has no address", def.name.text),
                    );
                    let name = def.name.text.to_uppercase();
                    reader
                        .sink
                        .push(found.help(format!("add `base: env.{name}_URL ?? \"http://127.0.0.1:9100\"`")));
                    None
                }
            };
            let timeout = value("timeout").and_then(|it| timeout::read(reader, it));
            (base, timeout, read_headers(reader, value("headers"), Scope::Upstream))
        });
        let id = UpstreamId(self.model.upstreams.len() as u32);
        let mut ops: Vec<OpId> = Vec::new();
        for item in &def.items {
            let UpstreamItem::Op(op) = item else { continue };
            if let Some(first) = ops
                .iter()
                .map(|id| &self.model.ops[id.0 as usize])
                .find(|it| it.name == op.name.text)
            {
                let text = format!("`{}` stands twice in the upstream `{}`", op.name.text, def.name.text);
                let found = Diagnostic::error("E0211", op.name.span, text).because(first.span, "first here");
                self.sink.push(found.help("rename one of them"));
                continue;
            }
            if let Some(op) = self.op(file, id, op) {
                self.model.ops.push(op);
                ops.push(OpId(self.model.ops.len() as u32 - 1));
            }
        }
        // Without an address the upstream still lends its operations to the checks that follow.
        let (base, base_span) = base.unwrap_or((super::types::Setting::Value(String::new()), def.name.span));
        let (name, span) = (def.name.text.clone(), def.name.span);
        Some(Upstream {
            name,
            span,
            docs: docs.to_vec(),
            base,
            base_span,
            timeout,
            headers,
            ops,
        })
    }

    fn op(&mut self, file: FileId, upstream: UpstreamId, op: &'a ast::Op) -> Option<Op> {
        let (Some(params), Some(sent)) = (&op.params, &op.request) else {
            let found = Diagnostic::error(
                "E0207",
                op.name.span,
                format!("the operation `{}` has no request", op.name.text),
            );
            let form = format!("op {}(id: ID): Product = GET /products/{{id}}", op.name.text);
            self.sink
                .push(found.help(format!("say what it sends and gets: `{form}`")));
            return None;
        };
        let method = sent.method.text.clone();
        if !matches!(
            method.as_str(),
            "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS"
        ) {
            let found = Diagnostic::error(
                "E0215",
                sent.method.span,
                format!("`{method}` is no method of an operation"),
            );
            self.sink
                .push(found.help("an operation sends `GET`, `POST`, `PUT`, `PATCH` or `DELETE`"));
            return None;
        }
        let params = self.fields(file, params, &[], &format!("the operation `{}`", op.name.text));
        for default in params.iter().filter_map(|param| param.default.as_ref()) {
            self.sink.push(not_served(default.span, "a default of a parameter"));
        }
        let result = op.result.as_ref().map(|ty| self.ty(file, ty, &[]));
        let settings = op.block.iter().flat_map(|block| &block.settings);
        let read = self.reader(file, |reader| {
            let entries = reader.entries(settings, Scope::Op);
            let value = |name: &str| entries.get(name).map(|entry| entry.value);
            let query = value("query").and_then(|it| request::group(reader, "query", it));
            let header = value("header")
                .and_then(|it| request::group(reader, "header", it))
                .map(|mut list| {
                    list.retain(|(name, value)| crate::settings::headers::valid(reader, name, value.span));
                    list
                });
            let safe = value("safe").and_then(|it| safe::read(reader, it));
            let timeout = value("timeout").and_then(|it| timeout::read(reader, it));
            (
                query,
                header,
                value("body").cloned(),
                safe,
                timeout,
                read_headers(reader, value("headers"), Scope::Op),
                value("batch").and_then(|it| batch::read(reader, it)),
                value("pages").and_then(|it| pages::read(reader, it)),
                value("idempotent").and_then(|it| idempotent::read(reader, it)),
            )
        });
        let (query, header, body, safe, timeout, headers, batch, pages, idempotent) = read;
        if let Some(body) = &body
            && matches!(method.as_str(), "GET" | "HEAD")
        {
            let found = Diagnostic::error("E0218", body.span, format!("a {method} request has no body"));
            self.sink
                .push(found.help("use `POST` with `safe: true`, or put it into `query:`"));
        }
        let mut used = Vec::new();
        let overrides = query
            .iter()
            .flatten()
            .chain(header.iter().flatten())
            .map(|(_, value)| value)
            .chain(&body)
            .chain(idempotent.iter().map(|it| &it.key));
        overrides.for_each(|value| names(value, &mut used));
        let in_path = self.path_params(op, sent, &params);
        let binding: Vec<ParamPlace> = params
            .iter()
            .map(|param| place(param, &method, &used, &in_path))
            .collect();
        for (param, place) in params.iter().zip(&binding) {
            if super::stream::is_stream(&param.ty) && *place != ParamPlace::Path {
                self.check_stream(param, &method, &params, &binding);
            } else {
                self.check_place(param, *place, op, body.is_some());
            }
        }
        self.check_whole_body(&params, &binding);
        Some(Op {
            upstream,
            name: op.name.text.clone(),
            span: op.name.span,
            docs: op.docs.clone(),
            params,
            result_constraint: result.as_ref().and_then(|it| it.constraint.clone()),
            result: result.map(|it| it.ty),
            safe: safe.unwrap_or(matches!(method.as_str(), "GET" | "HEAD")),
            method,
            path: sent.path.clone(),
            timeout,
            query,
            header,
            body,
            binding,
            headers,
            batch,
            pages,
            idempotent,
        })
    }

    /// Names of the parameters in the path; each must be one of the operation's.
    fn path_params(&mut self, op: &ast::Op, sent: &ast::OpRequest, params: &[Field]) -> Vec<String> {
        let mut list = Vec::new();
        for piece in sent.path.segments.iter().flatten() {
            let PathPiece::Param { name, ty } = piece else { continue };
            if let Some(ty) = ty {
                let found = Diagnostic::error(
                    "E0212",
                    ty.span,
                    "in the path of an operation a parameter has only its name",
                );
                self.sink
                    .push(found.help(format!("`{{{}}}`; its type stands in the parameters", name.text)));
            }
            if !params.iter().any(|param| param.name == name.text) {
                let text = format!("the operation `{}` has no parameter `{}`", op.name.text, name.text);
                let options: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
                let found = Diagnostic::error("E0212", name.span, text);
                let declare = format!("declare it: `{}({}: ID, …)`", op.name.text, name.text);
                self.sink.push(match suggest::closest(&name.text, options) {
                    Some(near) => found.help(format!("did you mean `{near}`?")).fix(name.span, near),
                    None => found.help(declare),
                });
            }
            list.push(name.text.clone());
        }
        list
    }

    /// Where `Bytes` are the whole body nothing else goes there.
    fn check_whole_body(&mut self, params: &[Field], binding: &[ParamPlace]) {
        let places = || params.iter().zip(binding);
        let Some((whole, _)) = places().find(|(_, place)| **place == ParamPlace::WholeBody) else {
            return;
        };
        let others = places().filter(|(param, place)| {
            **place == ParamPlace::BodyField || **place == ParamPlace::WholeBody && param.name != whole.name
        });
        for (other, _) in others {
            let text = format!("`{}` is sent nowhere: `{}` is the whole body", other.name, whole.name);
            let found =
                Diagnostic::error("E0215", other.span, text).because(whole.ty_span, "`Bytes` are a body of their own");
            self.sink.push(found.help(format!(
                "say where it goes: `query: {{ {0}: {0} }}`, or put both into JSON: `body: {{ {0}, {1} }}`",
                other.name, whole.name
            )));
        }
    }

    /// Whether a parameter's type can travel where it goes.
    fn check_place(&mut self, param: &Field, place: ParamPlace, op: &ast::Op, has_body: bool) {
        let method = op.request.as_ref().map_or("", |it| it.method.text.as_str());
        let found = match place {
            ParamPlace::Path if param.may_be_null() => {
                let text = format!("`{}` stands in the path and may be null", param.name);
                Diagnostic::error("E0215", param.ty_span, text).help("a path needs a value: leave out the `?`")
            }
            ParamPlace::Path if !is_scalar(&param.ty) => {
                let text = format!("`{}` stands in the path and is no scalar", param.name);
                Diagnostic::error("E0215", param.ty_span, text).help("pass the field that the path needs")
            }
            ParamPlace::Query if is_bytes(&param.ty) => {
                let text = format!(
                    "`{}` is `Bytes`, which are a body, and a {method} request has none",
                    param.name
                );
                Diagnostic::error("E0218", param.ty_span, text).help("use `POST` with `safe: true` where it only reads")
            }
            ParamPlace::Query if !is_query(&param.ty) => {
                let text = format!("`{}` goes into the query and is a record", param.name);
                let form = format!("query: {{ name: {}.field }}", param.name);
                Diagnostic::error("E0215", param.ty_span, text).help(format!("say what is sent: `{form}`"))
            }
            ParamPlace::BodyField | ParamPlace::WholeBody if has_body => {
                let text = format!("`{}` is sent nowhere: `body:` says the whole body", param.name);
                let found = Diagnostic::error("E0215", param.span, text).because(op.name.span, "in this operation");
                found.help(format!(
                    "use it in `body:` or `query:`, or remove the parameter `{}`",
                    param.name
                ))
            }
            _ => return,
        };
        self.sink.push(found);
    }
}

fn setting(item: &UpstreamItem) -> Option<&ast::Setting> {
    match item {
        UpstreamItem::Setting(setting) => Some(setting),
        UpstreamItem::Op(_) => None,
    }
}

fn place(param: &Field, method: &str, used: &[String], in_path: &[String]) -> ParamPlace {
    if in_path.contains(&param.name) {
        ParamPlace::Path
    } else if used.contains(&param.name) {
        ParamPlace::Override
    } else if matches!(method, "GET" | "HEAD" | "DELETE") {
        ParamPlace::Query
    } else if is_bytes(&param.ty) {
        ParamPlace::WholeBody
    } else {
        ParamPlace::BodyField
    }
}

fn is_bytes(ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_bytes(inner),
        ty => *ty == Ty::Scalar(Scalar::Bytes),
    }
}

/// Whether values of a type are one piece of text.
pub fn is_scalar(ty: &Ty) -> bool {
    match ty {
        Ty::Unknown | Ty::Enum(_) => true,
        Ty::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::Stream | Scalar::Bytes),
        _ => false,
    }
}

/// Whether a type can stand in a query: a scalar, or a list of them.
pub fn is_query(ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_query(inner),
        Ty::List(inner) => is_scalar(inner),
        other => is_scalar(other),
    }
}

/// The plain names that an expression reads.
pub fn names(expr: &Expr, into: &mut Vec<String>) {
    let mut each = |expr: &Expr| names(expr, into);
    match &expr.kind {
        ExprKind::Name(name) => into.push(name.clone()),
        ExprKind::Str(pieces) => {
            for piece in pieces {
                if let StrPiece::Interp(expr) = piece {
                    each(expr);
                }
            }
        }
        ExprKind::List(list) => list.iter().for_each(each),
        ExprKind::Shape(shape) => shape_names(shape, into),
        ExprKind::Match { value, arms } => {
            each(value);
            arms.iter().for_each(|arm| names(&arm.value, into));
        }
        ExprKind::Get { base, .. } | ExprKind::Each(base) | ExprKind::As { base, .. } | ExprKind::Paren(base) => {
            each(base)
        }
        ExprKind::Index { base, index } => {
            each(base);
            each(index);
        }
        ExprKind::Apply { base, args } => {
            each(base);
            args.list.iter().for_each(|arg| names(&arg.value, into));
        }
        ExprKind::Over { base, shape } => {
            each(base);
            shape_names(shape, into);
        }
        ExprKind::Unary { operand, .. } => each(operand),
        ExprKind::Binary { left, right, .. } => {
            each(left);
            each(right);
        }
        ExprKind::Ternary { condition, then, other } => [condition, then, other].into_iter().for_each(|it| each(it)),
        _ => {}
    }
}

fn shape_names(shape: &ast::Shape, into: &mut Vec<String>) {
    for entry in &shape.entries {
        match &entry.kind {
            EntryKind::Value { value, .. } => names(value, into),
            EntryKind::Pick { key, .. } => into.push(key.text.clone()),
            EntryKind::Spread(Some(source)) => names(source, into),
            EntryKind::Spread(None) => {}
        }
        if let Some(guard) = &entry.guard {
            names(guard, into);
        }
    }
}
