//! `c ? a : b` and `match (e) { … }`.

use super::super::Checker;
use super::super::demand::Node;
use super::super::env::Named;
use super::super::types::T;
use super::super::value::Value;
use crate::diagnostic::{Diagnostic, suggest};
use crate::ir::expr::{Arm, ExprKind, LocalId, Pattern};
use crate::model::types::{Scalar, Ty};
use crate::source::Span;
use crate::syntax::ast;

impl Checker<'_> {
    /// `c ? a : b`
    pub(super) fn ternary(
        &mut self,
        condition: &ast::Expr,
        then: &ast::Expr,
        other: &ast::Expr,
        span: Span,
        want: Option<&Ty>,
    ) -> Value {
        let condition = self.condition(condition);
        let (yes, no) = (self.facts(&condition.expr, true), self.facts(&condition.expr, false));
        let then = self.knowing(yes, |cx| cx.infer(then, want));
        let other = self.knowing(no, |cx| cx.infer(other, want));
        let (values, joined) = match self.join(vec![then, other]) {
            Ok(joined) => joined,
            Err((a, b)) => {
                self.no_join(&a, &b, "both sides of `? :`");
                return Value::unknown(span);
            }
        };
        let mut values = values.into_iter();
        let (Some(then), Some(other)) = (values.next(), values.next()) else {
            return Value::unknown(span);
        };
        let kind = ExprKind::Ternary {
            condition: Box::new(condition.expr),
            then: Box::new(then.expr),
            other: Box::new(other.expr),
        };
        Value::new(joined, span, kind)
    }

    /// `match (e) { … }`
    pub(super) fn matching(
        &mut self,
        value: &ast::Expr,
        arms: &[ast::MatchArm],
        span: Span,
        want: Option<&Ty>,
    ) -> Value {
        let value = self.infer(value, None);
        let mut covered = Covered::default();
        let mut heads = Vec::with_capacity(arms.len());
        let mut values = Vec::with_capacity(arms.len());
        for arm in arms {
            let list: Vec<Option<Pattern>> = arm
                .patterns
                .iter()
                .map(|pattern| self.pattern(pattern, &value, &mut covered))
                .collect();
            // One `_` among the alternatives makes all of them one.
            let patterns = list.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default();
            let (bind, of_arm) = self.scoped(|cx| {
                let bind = cx.variant_name(&arm.patterns, &patterns, &value, &mut covered);
                (bind, cx.infer(&arm.value, want))
            });
            heads.push((patterns, bind));
            values.push(of_arm);
        }
        self.exhaustive(&value, &covered, span, arms);
        let (values, joined) = match self.join(values) {
            Ok(joined) => joined,
            Err((a, b)) => {
                self.no_join(&a, &b, "the arms of this `match`");
                return Value::unknown(span);
            }
        };
        if value.ty.is_unknown() {
            return Value {
                ty: joined,
                ..Value::unknown(span)
            };
        }
        let arms = heads.into_iter().zip(values).map(|((patterns, bind), value)| Arm {
            patterns,
            bind,
            value: value.expr,
        });
        let kind = ExprKind::Match {
            value: Box::new(value.expr),
            arms: arms.collect(),
        };
        Value::new(joined, span, kind)
    }

    /// `Variant as v`: the name of the record, for the arm.
    fn variant_name(
        &mut self,
        written: &[ast::Pattern],
        patterns: &[Pattern],
        value: &Value,
        covered: &mut Covered,
    ) -> Option<LocalId> {
        let alias = |pattern: &ast::Pattern| match &pattern.kind {
            ast::PatternKind::Name { alias, .. } => alias.clone(),
            _ => None,
        };
        let alias = written.iter().find_map(alias)?;
        let of_union = match value.ty.present() {
            T::Union(node) => Some(*node),
            T::Unknown => return self.unknown_alias(&alias),
            _ => None,
        };
        match (of_union, patterns, written) {
            (Some(node), [Pattern::Variant(index)], [_]) => {
                let child = self.demand.child(node, *index)?;
                let local = self.fresh();
                let record = Value::new(T::Record(child), alias.span, ExprKind::Local(local));
                self.claim(&alias.text, alias.span);
                self.env
                    .names
                    .insert(alias.text.clone(), Named::Value(record, alias.span));
                Some(local)
            }
            (Some(_), [], [_]) => self.unknown_alias(&alias),
            (Some(_), ..) => {
                let error = Diagnostic::error(
                    "E0317",
                    alias.span,
                    "`as` names the record of one variant, and here are several",
                );
                self.sink
                    .push(error.help("give each variant that is read an arm of its own"));
                covered.wrong = true;
                self.unknown_alias(&alias)
            }
            (None, ..) => {
                let what = self.describe(&value.ty);
                let error = Diagnostic::error("E0317", alias.span, "`as` names the record of a variant of a union")
                    .because(value.expr.span, format!("this is {what}"));
                self.sink.push(error.help("leave it out"));
                covered.wrong = true;
                self.unknown_alias(&alias)
            }
        }
    }

    /// A name whose value is not known, since something is wrong with it that has been told.
    fn unknown_alias(&mut self, alias: &ast::Name) -> Option<LocalId> {
        let value = Value::unknown(alias.span);
        self.env
            .names
            .insert(alias.text.clone(), Named::Value(value, alias.span));
        None
    }

    /// The variants of a union as the arms of a match.
    pub(super) fn match_help(&self, union: &Value) -> String {
        let T::Union(node) = union.ty.present() else {
            return String::new();
        };
        let declared = &self.model.unions[self.demand.union(*node).0 as usize];
        let mut arms: Vec<String> = (declared.variants.iter().take(3))
            .map(|variant| format!("{} as one => …", variant.name))
            .collect();
        if declared.open || declared.variants.len() > 3 {
            arms.push("_ => …".to_owned());
        }
        let arms = arms.join(", ");
        match self.sources.text(union.expr.span) {
            "" => format!("`match (it) {{ {arms} }}`"),
            list if list.ends_with("[]") => {
                let list = list.trim_end_matches("[]");
                format!("in a shape over the list: `{list} {{ name: match (it) {{ {arms} }} }}`")
            }
            text => format!("`match ({text}) {{ {arms} }}`"),
        }
    }

    /// A pattern; none for `_` (and for what is wrong).
    fn pattern(&mut self, pattern: &ast::Pattern, value: &Value, covered: &mut Covered) -> Option<Pattern> {
        use ast::PatternKind as P;
        let span = pattern.span;
        if covered.all {
            self.sink.push(
                Diagnostic::warning("W0310", span, "this is never reached: `_` above takes all that is left")
                    .help("move `_` to the end"),
            );
        }
        let present = value.ty.present().clone();
        let found = match (&pattern.kind, &present) {
            (P::Wild, _) => {
                covered.all = true;
                return None;
            }
            (_, T::Unknown) => {
                covered.wrong = true;
                return None;
            }
            (P::Const(ast::Const::Null), _) => Pattern::Null,
            (P::Const(constant), T::Scalar(Scalar::Boolean)) => Pattern::Bool(*constant == ast::Const::True),
            (P::Name { name, .. }, T::Union(node)) => match self.variant_of(*node, name) {
                Some(index) => Pattern::Variant(index),
                None => {
                    covered.wrong = true;
                    return None;
                }
            },
            (P::Name { name, .. }, T::Enum(id)) => {
                let value = self.value_of(*id, &name.text, name.span);
                let ExprKind::EnumValue(id, index) = value.expr.kind else {
                    covered.wrong = true;
                    return None;
                };
                Pattern::Enum(id, index)
            }
            (P::Text(text), ty)
                if super::super::fits::fits(self, ty, &T::Scalar(Scalar::String)) && !matches!(ty, T::Enum(_)) =>
            {
                Pattern::Text(text.text.clone())
            }
            (P::Scalar(scalar), ty) => match self.scalar_pattern(scalar, ty) {
                Some(pattern) => pattern,
                None => return self.wrong_pattern(span, value, covered),
            },
            _ => return self.wrong_pattern(span, value, covered),
        };
        covered.add(self, &found, span);
        Some(found)
    }

    /// The number of a variant by its name.
    fn variant_of(&mut self, node: Node, name: &ast::Name) -> Option<u32> {
        let declared = &self.model.unions[self.demand.union(node).0 as usize];
        if let Some((index, _)) = declared.variant(&name.text) {
            return Some(index as u32);
        }
        let names: Vec<&str> = declared.variants.iter().map(|it| it.name.as_str()).collect();
        let error = Diagnostic::error(
            "E0202",
            name.span,
            format!("`{}` has no variant `{}`", declared.name, name.text),
        )
        .because(declared.span, format!("`{}` is declared here", declared.name));
        self.sink
            .push(match suggest::closest(&name.text, names.iter().copied()) {
                Some(close) => error.help(format!("did you mean `{close}`?")).fix(name.span, close),
                None => error.help(format!("its variants: {}", suggest::list(names))),
            });
        None
    }

    fn scalar_pattern(&mut self, scalar: &ast::Scalar, ty: &T) -> Option<Pattern> {
        let want = ty.declared(&self.demand);
        let literal = self.scalar(scalar, want.as_ref());
        let literal = self.coerce(literal, ty).ok()?;
        Some(match literal.expr.kind {
            ExprKind::Int(number) => Pattern::Int(number),
            ExprKind::Decimal(number) | ExprKind::Float(number) => Pattern::Decimal(number),
            ExprKind::Text(text) => Pattern::Text(text),
            _ => return None,
        })
    }

    fn wrong_pattern(&mut self, span: Span, value: &Value, covered: &mut Covered) -> Option<Pattern> {
        covered.wrong = true;
        let what = self.describe(value.ty.present());
        let mut error = Diagnostic::error(
            "E0302",
            span,
            format!("{what} is looked at here, and this pattern is no value of it"),
        )
        .because(value.expr.span, format!("this is {what}"));
        if let T::Enum(id) = value.ty.present() {
            let text = self.sources.text(span).trim_matches('"').to_owned();
            let declared = &self.model.enums[id.0 as usize];
            let named = declared
                .values
                .iter()
                .find(|it| it.wire == text)
                .map(|it| it.name.clone());
            if let Some(name) = named {
                error = error
                    .help(format!("values of an enum are written by name: `{name}`"))
                    .fix(span, name);
            }
        }
        self.sink.push(error);
        None
    }

    /// E0303 unless every value has an arm.
    fn exhaustive(&mut self, value: &Value, covered: &Covered, span: Span, arms: &[ast::MatchArm]) {
        if covered.all || covered.wrong || value.ty.is_unknown() {
            return;
        }
        let mut missing: Vec<String> = Vec::new();
        let mut open = false;
        if value.ty.may_be_null() && !covered.null {
            missing.push("null".to_owned());
        }
        match value.ty.present() {
            T::Enum(id) => {
                let declared = &self.model.enums[id.0 as usize];
                let all = declared.values.iter().enumerate();
                missing.extend(
                    all.filter(|(at, _)| !covered.values.contains(&(*at as u32)))
                        .map(|(_, it)| it.name.clone()),
                );
                open = declared.open;
            }
            T::Union(node) => {
                let declared = &self.model.unions[self.demand.union(*node).0 as usize];
                let all = declared.variants.iter().enumerate();
                missing.extend(
                    all.filter(|(at, _)| !covered.values.contains(&(*at as u32)))
                        .map(|(_, it)| it.name.clone()),
                );
                open = declared.open;
            }
            T::Scalar(Scalar::Boolean) => {
                let sides = [(true, "true"), (false, "false")];
                missing.extend(
                    sides
                        .iter()
                        .filter(|(it, _)| !covered.bools.contains(it))
                        .map(|(_, name)| (*name).to_owned()),
                );
            }
            T::Null => {}
            _ => open = true,
        }
        if missing.is_empty() && !open {
            return;
        }
        let what = self.describe(value.ty.present());
        let names: Vec<&str> = missing.iter().map(String::as_str).collect();
        let noun = match value.ty.present() {
            T::Enum(_) => Some("enum"),
            T::Union(_) => Some("union"),
            _ => None,
        };
        let help = match (names.is_empty(), open, noun) {
            (true, _, Some(noun)) => format!("the {noun} is open: add `_ => …` for what is not known yet"),
            (true, _, None) => "add `_ => …` for all other values".to_owned(),
            (false, true, Some(noun)) => format!(
                "missing: {}; the {noun} is open, so also add `_ => …`",
                suggest::list(names)
            ),
            (false, true, None) => format!("missing: {}, and `_ => …` for all other values", suggest::list(names)),
            (false, false, _) => format!("missing: {}", suggest::list(names)),
        };
        let things = if noun == Some("union") { "variants" } else { "values" };
        let at = match (arms.first(), arms.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => span,
        };
        self.sink.push(
            Diagnostic::error("E0303", at, format!("not all {things} of {what} are covered"))
                .because(value.expr.span, format!("this is {}", self.describe(&value.ty)))
                .help(help),
        );
    }
}

/// What the arms of a match have seen to.
#[derive(Default)]
struct Covered {
    all: bool,
    null: bool,
    wrong: bool,
    values: Vec<u32>,
    bools: Vec<bool>,
    others: Vec<String>,
}

impl Covered {
    fn add(&mut self, cx: &mut Checker<'_>, pattern: &Pattern, span: Span) {
        let twice = match pattern {
            Pattern::Null => std::mem::replace(&mut self.null, true),
            Pattern::Bool(value) => add_once(&mut self.bools, *value),
            Pattern::Enum(_, index) | Pattern::Variant(index) => add_once(&mut self.values, *index),
            Pattern::Text(text) => add_once(&mut self.others, text.clone()),
            Pattern::Int(number) => add_once(&mut self.others, number.to_string()),
            Pattern::Decimal(number) => add_once(&mut self.others, number.clone()),
        };
        if twice && !self.all {
            let text = cx.sources.text(span).trim().to_owned();
            cx.sink.push(
                Diagnostic::warning(
                    "W0310",
                    span,
                    format!("this is never reached: `{text}` has an arm above"),
                )
                .help("remove it"),
            );
        }
    }
}

/// Adds a value; says whether it was there.
fn add_once<V: PartialEq>(list: &mut Vec<V>, value: V) -> bool {
    let there = list.contains(&value);
    if !there {
        list.push(value);
    }
    there
}
