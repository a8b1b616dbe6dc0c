//! Calls of operations: the operation, and its arguments by name.

use super::Checker;
use super::document::Misfit;
use super::types::T;
use super::value::Value;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir;
use crate::model::types::{ExternFn, Field, Meaning, Op, OpId, Ty};
use crate::source::Span;
use crate::syntax::ast;

/// What takes arguments by name: an operation, or an extern function.
#[derive(Clone, Copy)]
pub(super) struct Callee<'a> {
    pub name: &'a str,
    pub span: Span,
    pub params: &'a [Field],
}

impl<'a> From<&'a Op> for Callee<'a> {
    fn from(op: &'a Op) -> Self {
        Callee {
            name: &op.name,
            span: op.span,
            params: &op.params,
        }
    }
}

impl<'a> From<&'a ExternFn> for Callee<'a> {
    fn from(function: &'a ExternFn) -> Self {
        Callee {
            name: &function.name,
            span: function.span,
            params: &function.params,
        }
    }
}

/// A checked call of an operation.
pub(super) struct Invoked {
    pub request: ir::service::Request,
    /// An argument is read from the path.
    pub from_path: bool,
}

impl Checker<'_> {
    /// The operation that a call names.
    pub(super) fn operation(&mut self, invoke: &ast::Invoke) -> Option<OpId> {
        let (upstream, file) = (&invoke.upstream, invoke.upstream.span.file);
        let id = match self.meaning(file, &upstream.text) {
            Some(Meaning::Upstream(id)) => id,
            Some(Meaning::Broken) => return None,
            Some(other) => {
                let what = crate::model::scope::noun(other);
                let error = Diagnostic::error(
                    "E0309",
                    upstream.span,
                    format!("`{}` is {what}, not an upstream", upstream.text),
                );
                self.sink.push(error);
                return None;
            }
            None => {
                self.no_upstream(upstream);
                return None;
            }
        };
        let declared = &self.model.upstreams[id.0 as usize];
        let named = declared
            .ops
            .iter()
            .find(|op| self.model.ops[op.0 as usize].name == invoke.op.text);
        if named.is_none() {
            let names: Vec<&str> = declared
                .ops
                .iter()
                .map(|op| self.model.ops[op.0 as usize].name.as_str())
                .collect();
            let error = Diagnostic::error(
                "E0201",
                invoke.op.span,
                format!("`{}` has no operation `{}`", upstream.text, invoke.op.text),
            )
            .because(declared.span, format!("`{}` is declared here", declared.name));
            let error = match suggest::closest(&invoke.op.text, names.iter().copied()) {
                Some(close) => error
                    .help(format!("did you mean `{close}`?"))
                    .fix(invoke.op.span, close),
                None if names.is_empty() => error,
                None => error.help(format!("operations here: {}", suggest::list(names))),
            };
            self.sink.push(error);
        }
        named.copied()
    }

    fn no_upstream(&mut self, upstream: &ast::Name) {
        let scope = self.model.scopes.get(&upstream.span.file);
        let mut names: Vec<&str> = (scope.into_iter().flat_map(|scope| &scope.names))
            .filter(|(_, (meaning, _))| matches!(meaning, Meaning::Upstream(_)))
            .map(|(name, _)| name.as_str())
            .collect();
        let elsewhere = scope.map(|scope| &scope.elsewhere);
        let error = Diagnostic::error(
            "E0201",
            upstream.span,
            format!("no upstream is called `{}`", upstream.text),
        );
        let near = suggest::closest(&upstream.text, names.iter().copied());
        let hidden = elsewhere.and_then(|it| {
            let exact = it.get_key_value(&upstream.text);
            exact.or_else(|| {
                let close = suggest::closest(&upstream.text, it.keys().map(String::as_str))?;
                it.get_key_value(close)
            })
        });
        let error = match (near, hidden) {
            (Some(close), _) => error.help(format!("did you mean `{close}`?")).fix(upstream.span, close),
            (None, Some((name, _))) if *name == upstream.text => match scope {
                Some(scope) => scope.not_imported(error.clone(), name).unwrap_or(error),
                None => error,
            },
            (None, Some((name, file))) => error
                .help(format!(
                    "did you mean `{name}`? It is declared in {file} but not imported: add it to the import"
                ))
                .fix(upstream.span, name),
            (None, None) if names.is_empty() => {
                error.help("declare it, or import it: `import { name } from \"./shop.bff\"`")
            }
            (None, None) => {
                names.sort_unstable();
                error.help(format!("upstreams here: {}", suggest::list(names)))
            }
        };
        self.sink.push(error);
    }

    /// The arguments of a call, in the order of the parameters.
    pub(super) fn invoke(&mut self, op: OpId, invoke: &ast::Invoke) -> Invoked {
        let declared = &self.model.ops[op.0 as usize];
        self.called.insert(op.0);
        let (args, required_args) = self.arguments(declared.into(), &invoke.args);
        let from_path = args.iter().flatten().any(|arg| self.reads_path(arg));
        Invoked {
            request: ir::service::Request {
                required_args,
                ..ir::service::Request::new(op, args)
            },
            from_path,
        }
    }

    /// Arguments in the order of the parameters, and the indexes of those without which nothing is sent.
    pub(super) fn arguments(
        &mut self,
        callee: Callee<'_>,
        written: &ast::Args,
    ) -> (Vec<Option<ir::expr::Expr>>, Vec<usize>) {
        let mut args: Vec<Option<ir::expr::Expr>> = callee.params.iter().map(|_| None).collect();
        let mut required_args = Vec::new();
        // One mistake, one error: an argument under a wrong name is not also missing.
        let mut complete = true;
        let mut given: Vec<Option<Span>> = vec![None; callee.params.len()];
        for arg in &written.list {
            let Some(index) = self.parameter(callee, arg) else {
                complete = false;
                self.infer(&arg.value, Some(&Ty::Unknown));
                continue;
            };
            if let (Some(first), Some(name)) = (given[index], &arg.name) {
                self.sink.push(
                    Diagnostic::error("E0312", name.span, format!("`{}` is given twice", name.text))
                        .because(first, "first given here"),
                );
                continue;
            }
            given[index] = Some(arg.name.as_ref().map_or(arg.value.span, |name| name.span));
            let value = self.argument(callee, &callee.params[index], arg);
            if arg.optional && value.ty.is_nullable() {
                required_args.push(index);
            }
            args[index] = Some(value);
        }
        self.missing_args(callee, written, &given, &mut args, complete);
        (args, required_args)
    }

    /// Whether the expression reads a path parameter, also through a `let`.
    fn reads_path(&self, expr: &ir::expr::Expr) -> bool {
        expr.names().into_iter().any(|name| match name {
            ir::expr::NameRef::Input(ir::expr::Input::Path) => true,
            ir::expr::NameRef::Let(index) => self
                .lets
                .get(index as usize)
                .is_some_and(|it| self.reads_path(&it.value)),
            _ => false,
        })
    }

    pub(super) fn parameter(&mut self, op: Callee<'_>, arg: &ast::Arg) -> Option<usize> {
        if let Some(order) = &arg.order {
            self.sink
                .push(Diagnostic::error("E0309", order.span, "an order stands in `sort` only"));
        }
        let Some(name) = &arg.name else {
            let error = Diagnostic::error("E0312", arg.value.span, format!("arguments of `{}` are named", op.name));
            let text = self.sources.text(arg.value.span);
            let free = op.params.first();
            self.sink.push(match free {
                Some(param) if op.params.len() == 1 => error.help(format!("`{}: {text}`", param.name)),
                Some(_) => error.help(format!(
                    "one of {}",
                    suggest::list(op.params.iter().map(|it| it.name.as_str()))
                )),
                None => error.help("it takes none"),
            });
            return None;
        };
        let index = op.params.iter().position(|param| param.name == name.text);
        if index.is_none() {
            let names: Vec<&str> = op.params.iter().map(|param| param.name.as_str()).collect();
            let error = Diagnostic::error(
                "E0202",
                name.span,
                format!("`{}` has no parameter `{}`", op.name, name.text),
            )
            .because(op.span, format!("`{}` is declared here", op.name));
            self.sink
                .push(match suggest::closest(&name.text, names.iter().copied()) {
                    Some(close) => error.help(format!("did you mean `{close}`?")).fix(name.span, close),
                    None if names.is_empty() => error.help("it takes no arguments"),
                    None => error.help(format!("parameters here: {}", suggest::list(names))),
                });
        }
        index
    }

    pub(super) fn argument(&mut self, op: Callee<'_>, param: &Field, arg: &ast::Arg) -> ir::expr::Expr {
        let what = format!("`{}` of `{}`", param.name, op.name);
        let value = self.infer(&arg.value, Some(&param.ty));
        let may_omit = arg.optional || param.may_be_null();
        let to = self.demand.whole_ty(self.model, &param.ty);
        let to = if may_omit { to.or_null(None) } else { to };
        if arg.optional && !value.ty.may_be_null() && !value.ty.is_unknown() {
            let text = format!("{} cannot be null, so `?:` does nothing", self.short(arg.value.span));
            let found = Diagnostic::warning("W0309", arg.value.span, text).help(format!("write `{}:`", param.name));
            self.sink.push(match &arg.name {
                Some(name) => found.fix(
                    Span {
                        start: name.span.end,
                        end: arg.value.span.start,
                        ..name.span
                    },
                    ": ",
                ),
                None => found,
            });
        }
        if has_record(&value.ty) && has_record(&to) {
            let declared = if to.may_be_null() {
                Ty::Nullable(Box::new(param.ty.clone()))
            } else {
                param.ty.clone()
            };
            self.demand.whole(self.model, &value.ty);
            return match self.document(value, &declared, None) {
                Ok(expr) => expr,
                Err(misfit) => self.misfit_argument(misfit, &what, param),
            };
        }
        let value = self.expect(value, &to, &what);
        self.constrain_field(&value.expr, param);
        value.expr
    }

    fn misfit_argument(&mut self, misfit: Misfit, what: &str, param: &Field) -> ir::expr::Expr {
        let record = |cx: &Self, id: crate::model::types::RecordId| cx.model.records[id.0 as usize].name.clone();
        let (span, error) = match misfit {
            Misfit::Missing(span, id, names, _) => {
                let names = suggest::list(names.iter().map(String::as_str));
                let text = format!("{what} is `{}`, this record lacks {names}", record(self, id));
                (
                    span,
                    Diagnostic::error("E0302", span, text).help(format!("add {names}")),
                )
            }
            Misfit::Extra(span, id, name) => {
                let names: Vec<&str> = self.model.records[id.0 as usize]
                    .fields
                    .iter()
                    .map(|it| it.name.as_str())
                    .collect();
                let error = Diagnostic::error("E0202", span, format!("`{}` has no field `{name}`", record(self, id)));
                (
                    span,
                    match suggest::help(&name, &names, "fields") {
                        // The edit is for the key alone.
                        Some(_) if self.sources.text(span) == name => error.or_name(span, &name, &names, "fields"),
                        Some(help) => error.help(help),
                        None => error,
                    },
                )
            }
            Misfit::Null(value) => {
                let value = self.needs_value(&value, what);
                return value.expr;
            }
            Misfit::Other(value, ty) => {
                let span = value.expr.span;
                let wanted = super::types::declared_name(self.model, &ty);
                let text = format!("`{wanted}` is wanted here, this is {}", self.describe(&value.ty));
                (span, Diagnostic::error("E0302", span, text))
            }
        };
        self.sink
            .push(error.because(param.span, format!("`{}` is declared here", param.name)));
        Value::unknown(span).expr
    }

    /// Parameters that are not given: their default, nothing where they may be null, else E0312.
    fn missing_args(
        &mut self,
        op: Callee<'_>,
        written: &ast::Args,
        given: &[Option<Span>],
        args: &mut [Option<ir::expr::Expr>],
        complete: bool,
    ) {
        let mut missing = Vec::new();
        for (index, param) in op.params.iter().enumerate() {
            if given[index].is_some() {
                continue;
            }
            match &param.default {
                Some(default) => {
                    let to = self.demand.whole_ty(self.model, &param.ty);
                    let value = self.infer(default, Some(&param.ty));
                    args[index] = Some(self.expect(value, &to, &format!("`{}`", param.name)).expr);
                }
                None if param.may_be_null() => {}
                None => missing.push(param),
            }
        }
        if missing.is_empty() || !complete {
            return;
        }
        let names = suggest::list(missing.iter().map(|param| param.name.as_str()));
        let pasted: Vec<String> = missing.iter().map(|param| format!("{}: …", param.name)).collect();
        self.sink.push(
            Diagnostic::error("E0312", written.span, format!("`{}` needs {names}", op.name))
                .because(missing[0].span, format!("`{}` is declared here", missing[0].name))
                .help(format!("add `{}`", pasted.join(", "))),
        );
    }
}

/// Whether there are records in a type.
pub(super) fn has_record(ty: &T) -> bool {
    match ty {
        T::Record(_) | T::Union(_) | T::Computed(_) | T::OneOf(_) => true,
        T::List(inner) | T::Nullable(inner, _) | T::Map(_, inner) => has_record(inner),
        _ => false,
    }
}
