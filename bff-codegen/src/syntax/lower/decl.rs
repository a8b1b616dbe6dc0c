//! Declarations: imports, clients, policies, bindings, upstreams, extern functions and filters.

use super::{Kids, Lower};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{
    Binding, BindingKind, Block, Client, Decl, DeclKind, ExternFn, Filter, Import, ImportName, Op, OpRequest, Path,
    PathPiece, Policy, Setting, Upstream, UpstreamFrom, UpstreamItem,
};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lower<'_> {
    pub(super) fn import(&mut self, pair: Pair<'_, Rule>) -> Option<Import> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        let mut names = Vec::new();
        while let Some(imported) = kids.take(Rule::imported) {
            let mut parts = Kids::of(imported);
            names.push(ImportName {
                name: self.name(&parts.any()?),
                alias: parts.any().map(|alias| self.name(&alias)),
            });
        }
        let from = self.text(&kids.any()?);
        Some(Import { names, from, span })
    }

    pub(super) fn decl(&mut self, pair: Pair<'_, Rule>) -> Option<Decl> {
        let rule = pair.as_rule();
        let end = pair.as_span().end();
        let mut kids = Kids::of(pair);
        let docs = self.docs(&mut kids);
        // Words of the language are pairs too: the first one is where the declaration begins.
        let start = kids.pairs.peek()?.as_span().start();
        let kind = match rule {
            Rule::client => DeclKind::Client(Client {
                name: self.snake_name(&kids.any()?, "the name of a client"),
                block: self.block(kids.any()?)?,
            }),
            Rule::policy => DeclKind::Policy(Policy {
                name: self.snake_name(&kids.any()?, "the name of a policy"),
                block: self.block(kids.any()?)?,
            }),
            Rule::binding => DeclKind::Binding(self.binding(&mut kids)?),
            Rule::upstream => DeclKind::Upstream(self.upstream(&mut kids)?),
            Rule::typedef => DeclKind::Type(self.typedef(&mut kids)?),
            Rule::enumdef => DeclKind::Enum(self.enumdef(&mut kids)?),
            Rule::uniondef => DeclKind::Union(self.uniondef(&mut kids)?),
            Rule::fragment => DeclKind::Fragment(self.fragment(&mut kids)?),
            Rule::externfn => DeclKind::ExternFn(ExternFn {
                name: self.snake_name(&kids.any()?, "the name of a function"),
                params: self.fields(kids.any()?),
                result: self.ty(kids.any()?)?,
                path: self.text(&kids.any()?),
            }),
            Rule::filter => DeclKind::Filter(Filter {
                name: self.snake_name(&kids.any()?, "the name of a filter"),
                phase: self.name(&kids.any()?),
                wasm: kids.take(Rule::WASM).is_some(),
                path: self.text(&kids.any()?),
            }),
            Rule::route => DeclKind::Route(Box::new(self.route(&mut kids)?)),
            Rule::test => DeclKind::Test(self.test(&mut kids)?),
            _ => return None,
        };
        Some(Decl {
            docs,
            span: self.span_at(start, end),
            kind,
        })
    }

    fn binding(&mut self, kids: &mut Kids<'_>) -> Option<Binding> {
        let kind = match kids.any()?.as_str() {
            "auth" => BindingKind::Auth,
            "limit" => BindingKind::Limit,
            _ => BindingKind::Plan,
        };
        Some(Binding {
            kind,
            name: self.snake_name(&kids.any()?, "this name"),
            value: self.expr(kids.any()?)?,
        })
    }

    fn upstream(&mut self, kids: &mut Kids<'_>) -> Option<Upstream> {
        let name = self.snake_name(&kids.any()?, "the name of an upstream");
        let from = match kids.take(Rule::from) {
            Some(from) => {
                let mut parts = Kids::of(from);
                Some(UpstreamFrom {
                    kind: self.name(&parts.any()?),
                    file: self.text(&parts.any()?),
                })
            }
            None => None,
        };
        let ops = kids.any()?;
        let block_span = self.span(&ops);
        let mut items = Vec::new();
        for item in ops.into_inner() {
            match item.as_rule() {
                Rule::op => items.extend(self.op(item).map(|op| UpstreamItem::Op(Box::new(op)))),
                _ => items.extend(self.setting(item).map(UpstreamItem::Setting)),
            }
        }
        Some(Upstream {
            name,
            from,
            items,
            block_span,
        })
    }

    fn op(&mut self, pair: Pair<'_, Rule>) -> Option<Op> {
        let end = pair.as_span().end();
        let mut kids = Kids::of(pair);
        let docs = self.docs(&mut kids);
        let start = kids.pairs.peek()?.as_span().start();
        let name = self.name(&kids.any()?);
        let params = kids.take(Rule::params).map(|params| self.fields(params));
        let result = kids.take(Rule::ty).and_then(|ty| self.ty(ty));
        let request = match kids.take(Rule::request) {
            Some(request) => {
                let mut parts = Kids::of(request);
                Some(OpRequest {
                    method: self.name(&parts.any()?),
                    path: self.path(parts.any()?),
                })
            }
            None => None,
        };
        Some(Op {
            docs,
            name,
            params,
            result,
            request,
            block: kids.take(Rule::block).and_then(|block| self.block(block)),
            span: self.span_at(start, end),
        })
    }

    pub(super) fn block(&mut self, pair: Pair<'_, Rule>) -> Option<Block> {
        let span = self.span(&pair);
        let settings = pair.into_inner().filter_map(|setting| self.setting(setting)).collect();
        Some(Block { settings, span })
    }

    pub(super) fn setting(&mut self, pair: Pair<'_, Rule>) -> Option<Setting> {
        let span = self.span(&pair);
        let mut kids = Kids::of(pair);
        match kids.take(Rule::name) {
            Some(name) => Some(Setting::Spread {
                name: self.name(&name),
                span,
            }),
            None => Some(Setting::Entry {
                key: self.key(kids.any()?)?,
                value: self.expr(kids.any()?)?,
            }),
        }
    }

    pub(super) fn path(&mut self, pair: Pair<'_, Rule>) -> Path {
        let span = self.span(&pair);
        let text = pair.as_str().to_owned();
        let segments = pair.into_inner().map(|step| self.path_segment(step)).collect();
        Path { text, segments, span }
    }

    /// A segment. `:id`, as other routers write a parameter, is told and taken for one.
    fn path_segment(&mut self, step: Pair<'_, Rule>) -> Vec<PathPiece> {
        let mut pieces: Vec<_> = step.into_inner().filter_map(|piece| self.path_piece(piece)).collect();
        if let [PathPiece::Literal(text, span)] = pieces.as_slice()
            && let Some(name) = text.strip_prefix(':')
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        {
            let right = format!("{{{name}}}");
            let found = Diagnostic::error("E0113", *span, "a parameter of a path stands in braces");
            self.sink.push(found.help(format!("`{right}`")).fix(*span, right));
            let name = crate::syntax::ast::Name {
                text: name.to_owned(),
                span: *span,
            };
            pieces = vec![PathPiece::Param { name, ty: None }];
        }
        pieces
    }

    fn path_piece(&mut self, pair: Pair<'_, Rule>) -> Option<PathPiece> {
        if pair.as_rule() == Rule::part {
            let span: Span = self.span(&pair);
            return Some(PathPiece::Literal(pair.as_str().to_owned(), span));
        }
        let mut kids = Kids::of(pair);
        Some(PathPiece::Param {
            name: self.name(&kids.any()?),
            ty: kids.any().map(|ty| self.name(&ty)),
        })
    }
}
