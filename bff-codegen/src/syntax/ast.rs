//! The syntax tree: what the file says, with a span on everything, and nothing about what it means.
//!
//! Long because it has one type for each rule of the grammar, in its order, and a reader looks for all of them in one place.
//!
//! It follows the grammar rule by rule. The tree never changes after parsing; what later passes find out lives beside it.

use crate::source::Span;

/// A name as written, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The text of the name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The content of a plain string literal (`"…"` without `${}`), unescaped, with the span of the whole literal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text {
    /// The unescaped content.
    pub text: String,
    /// The literal with its quotes.
    pub span: Span,
}

/// One file.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// Its imports, in text order.
    pub imports: Vec<Import>,
    /// Its declarations, in text order.
    pub decls: Vec<Decl>,
    /// Names that are declared by what could not be read; already reported, so that nobody complains that they are missing.
    pub lost: Vec<Name>,
    /// Where the tree is a guess.
    pub damaged: Vec<Damage>,
}

/// A part of a declaration that was read after mistakes in it were put right in a way that only guesses what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The statement.
    pub part: Span,
    /// The declaration.
    pub whole: Span,
}

/// `import { a, b as c } from "file"`.
#[derive(Clone, Debug)]
pub struct Import {
    /// The names taken over.
    pub names: Vec<ImportName>,
    /// The file, relative to the importing one.
    pub from: Text,
    /// The whole import.
    pub span: Span,
}

/// One name of an import.
#[derive(Clone, Debug)]
pub struct ImportName {
    /// The name in the imported file.
    pub name: Name,
    /// The name in this file, if it is another.
    pub alias: Option<Name>,
}

/// A declaration with the documentation above it.
#[derive(Clone, Debug)]
pub struct Decl {
    /// Lines of `///` above, without the slashes and one space.
    pub docs: Vec<String>,
    /// The declaration from its first word to its last character (without `docs`).
    pub span: Span,
    /// What is declared.
    pub kind: DeclKind,
}

/// The kinds of declarations.
#[derive(Clone, Debug)]
pub enum DeclKind {
    /// `client name { settings }`
    Client(Client),
    /// `policy name { settings }`
    Policy(Policy),
    /// `auth x = expr`, `limit x = expr`, `plan x = expr`
    Binding(Binding),
    /// `upstream name { … }`
    Upstream(Upstream),
    /// `type Name { fields }` or `type Name = T`
    Type(TypeDef),
    /// `enum Name { A = "a", … }`
    Enum(EnumDef),
    /// `union Name on "type" { … }`
    Union(UnionDef),
    /// `fragment Name on T { … }`
    Fragment(Fragment),
    /// `extern fn name(a: T): U = "path"`
    ExternFn(ExternFn),
    /// `extern filter name on pre = "path"`
    Filter(Filter),
    /// `route GET /path { … }`
    Route(Box<Route>),
    /// `test "…" { … }`
    Test(Test),
}

/// `client name { settings }`.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its name.
    pub name: Name,
    /// Its settings.
    pub block: Block,
}

/// `policy name { settings }`.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name.
    pub name: Name,
    /// Its settings.
    pub block: Block,
}

/// The word of a [`Binding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingKind {
    /// `auth`
    Auth,
    /// `limit`
    Limit,
    /// `plan`
    Plan,
}

/// `auth x = jwt { … }` and its like.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Which word.
    pub kind: BindingKind,
    /// Its name.
    pub name: Name,
    /// What it is bound to.
    pub value: Expr,
}

/// `{ a: 1, ...policy }`.
#[derive(Clone, Debug)]
pub struct Block {
    /// The settings in text order.
    pub settings: Vec<Setting>,
    /// From `{` to `}`.
    pub span: Span,
}

/// One entry of a block.
#[derive(Clone, Debug)]
pub enum Setting {
    /// `...policy`
    Spread {
        /// The policy.
        name: Name,
        /// With the dots.
        span: Span,
    },
    /// `key: value`
    Entry {
        /// The key; `quoted` where it was written in quotes.
        key: Key,
        /// Its value.
        value: Expr,
    },
}

/// A key of a setting or a shape: an identifier or a quoted text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The unescaped text.
    pub text: String,
    /// Whether it was written in quotes.
    pub quoted: bool,
    /// Where it stands, with quotes.
    pub span: Span,
}

/// `upstream name from kind "file" { ops and settings }`.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// Its name.
    pub name: Name,
    /// `from openapi "file"`.
    pub from: Option<UpstreamFrom>,
    /// Operations and settings, in text order.
    pub items: Vec<UpstreamItem>,
    /// From `{` to `}`.
    pub block_span: Span,
}

/// `from kind "file"`.
#[derive(Clone, Debug)]
pub struct UpstreamFrom {
    /// `openapi`, `proto`, `graphql`, `wsdl`, `rust`.
    pub kind: Name,
    /// The file or path.
    pub file: Text,
}

/// What stands in an upstream.
#[derive(Clone, Debug)]
pub enum UpstreamItem {
    /// `op …`
    Op(Box<Op>),
    /// a setting
    Setting(Setting),
}

/// `op name(params): T = GET /path { settings }`.
#[derive(Clone, Debug)]
pub struct Op {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its name.
    pub name: Name,
    /// Its parameters; `None` where only a name is given (settings of an imported operation).
    pub params: Option<Vec<Field>>,
    /// Its result.
    pub result: Option<Type>,
    /// `= GET /path`.
    pub request: Option<OpRequest>,
    /// Its settings.
    pub block: Option<Block>,
    /// The whole, without docs.
    pub span: Span,
}

/// `GET /path`.
#[derive(Clone, Debug)]
pub struct OpRequest {
    /// The method.
    pub method: Name,
    /// The path.
    pub path: Path,
}

/// A path, with parameters and stars.
#[derive(Clone, Debug)]
pub struct Path {
    /// As written, from the first `/`.
    pub text: String,
    /// One list of pieces per segment.
    pub segments: Vec<Vec<PathPiece>>,
    /// Where it stands.
    pub span: Span,
}

/// A piece of a path segment.
#[derive(Clone, Debug)]
pub enum PathPiece {
    /// Text as written.
    Literal(String, Span),
    /// `{name}` or `{name: Type}`.
    Param {
        /// The parameter.
        name: Name,
        /// Its type, if written.
        ty: Option<Name>,
    },
}

/// `extern fn name(a: T): U = "path"`.
#[derive(Clone, Debug)]
pub struct ExternFn {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<Field>,
    /// Its result.
    pub result: Type,
    /// The Rust path.
    pub path: Text,
}

/// `extern filter name on phase = "path"`.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Its name.
    pub name: Name,
    /// `pre route post error`.
    pub phase: Name,
    /// Written with `wasm`.
    pub wasm: bool,
    /// The Rust path or file.
    pub path: Text,
}

/// `type Name<T> { … }`.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<Name>,
    /// A record or another name.
    pub body: TypeBody,
}

/// What a type is.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one per declaration; a box would be noise in every reader"
)]
pub enum TypeBody {
    /// `= T`
    Alias(Type),
    /// `{ fields }`
    Record {
        /// The fields, in text order.
        fields: Vec<Field>,
        /// From `{` to `}`.
        span: Span,
    },
}

/// `name?: T = default from "wire" @note`: of a record, an input block, or a parameter list.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its name.
    pub name: Name,
    /// Written with `?`: may be absent.
    pub optional: bool,
    /// Its type.
    pub ty: Type,
    /// `= expr`.
    pub default: Option<Expr>,
    /// `from "wire"`.
    pub from: Option<Text>,
    /// `@pii` and its like.
    pub notes: Vec<Note>,
    /// The whole, without docs.
    pub span: Span,
}

/// A type as written.
#[derive(Clone, Debug)]
pub struct Type {
    /// A name or a list.
    pub kind: TypeKind,
    /// `(1..20)`, `("^re$")`, `(1..20, "^re$")`.
    pub constraint: Option<Constraint>,
    /// Written with `?`.
    pub nullable: bool,
    /// The whole, with constraint and `?`.
    pub span: Span,
}

/// A name or a list.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// `[T]`
    List(Box<Type>),
    /// `Name`, `upstream.Name`, `Name<A, B>`
    Named {
        /// `orders` of `orders.Order`.
        scope: Option<Name>,
        /// The name.
        name: Name,
        /// The arguments.
        args: Vec<Type>,
    },
    /// What could not be read; already reported.
    Error,
}

/// The constraint of a type.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// `1..20`
    pub range: Option<Range>,
    /// `"^re$"`
    pub pattern: Option<Text>,
    /// From `(` to `)`.
    pub span: Span,
}

/// `1..20`, `1..`, `..20`; bounds are scalars as written.
#[derive(Clone, Debug)]
pub struct Range {
    /// Lower bound.
    pub start: Option<Scalar>,
    /// Upper bound.
    pub end: Option<Scalar>,
    /// The whole.
    pub span: Span,
}

/// A number, duration, size, percent, rate, date or status class, as written.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// What it is.
    pub kind: ScalarKind,
    /// As written, underscores included.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of scalar literals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarKind {
    /// `5`, `-1.5`, `10_000`
    Number,
    /// `400ms 2s 5m 1h 24h 30d`
    Duration,
    /// `64KB 5MB 1GB`
    Size,
    /// `20%`
    Percent,
    /// `20/s`
    Rate,
    /// `2024-01-31`
    Date,
    /// `5xx`
    StatusClass,
}

/// `enum Name { A = "a", ... }`.
#[derive(Clone, Debug)]
pub struct EnumDef {
    /// Its name.
    pub name: Name,
    /// Its values.
    pub variants: Variants,
}

/// `union Name on "type" { A = "a", ... }`.
#[derive(Clone, Debug)]
pub struct UnionDef {
    /// Its name.
    pub name: Name,
    /// The discriminator.
    pub on: Text,
    /// Its variants.
    pub variants: Variants,
}

/// The values of an enum or the variants of a union.
#[derive(Clone, Debug)]
pub struct Variants {
    /// In text order.
    pub list: Vec<Variant>,
    /// Ends with `...`.
    pub open: bool,
    /// From `{` to `}`.
    pub span: Span,
}

/// `A = "a"`.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its documentation.
    pub docs: Vec<String>,
    /// Its name.
    pub name: Name,
    /// Its wire value, if written.
    pub wire: Option<Text>,
}

/// `fragment Name on T { … }`.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// Its name.
    pub name: Name,
    /// The type of its subject.
    pub on: Type,
    /// Its entries.
    pub shape: Shape,
}

/// `route GET /path when (…) { items }`.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method.
    pub method: Name,
    /// The path.
    pub path: Path,
    /// `when (…)`.
    pub guard: Option<Expr>,
    /// What it consists of, in text order.
    pub items: Vec<Item>,
    /// From `{` to `}`.
    pub block_span: Span,
}

/// What stands in a route.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
}

/// The kinds of items.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `query { … }` and its like.
    Inputs(Inputs),
    /// `body: T`
    Body(Type),
    /// `allow: expr else 404`
    Allow {
        /// The condition.
        condition: Expr,
        /// `else 404`
        status: Option<Scalar>,
    },
    /// `call …`
    Call(Box<Call>),
    /// `let x = e`
    Let {
        /// Its name.
        name: Name,
        /// Its value.
        value: Expr,
    },
    /// `respond …`
    Respond(Respond),
    /// `deliver …`
    Deliver(Deliver),
    /// A setting: `deadline: 2s`, `check: { … }`, `...policy`
    Setting(Setting),
}

/// Where inputs come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputKind {
    /// `query`
    Query,
    /// `header`
    Header,
    /// `cookie`
    Cookie,
    /// `path`
    Path,
}

/// `query { n: Int = 1 }`.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Which.
    pub kind: InputKind,
    /// The fields.
    pub fields: Vec<Field>,
}

/// `call x = op(args) { settings } for k in list key e when c on 404 => e else e undo op(args)`.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its name.
    pub name: Name,
    /// What is called.
    pub target: CallTarget,
    /// `for k in list key e`.
    pub each: Option<Loop>,
    /// `when c`.
    pub guard: Option<Expr>,
    /// `on … => e`.
    pub on: Vec<Catch>,
    /// `else e`.
    pub or: Vec<Expr>,
    /// `undo op(args)`.
    pub undo: Option<Invoke>,
}

/// One operation or a race of several.
#[derive(Clone, Debug)]
pub enum CallTarget {
    /// `op(args)`
    One(Invoke),
    /// `race(a, b, stagger: 40ms)`
    Race {
        /// The racers.
        racers: Vec<Invoke>,
        /// `stagger`.
        stagger: Option<Scalar>,
        /// The whole.
        span: Span,
    },
}

/// `upstream.op(args) { settings }`.
#[derive(Clone, Debug)]
pub struct Invoke {
    /// The upstream.
    pub upstream: Name,
    /// The operation.
    pub op: Name,
    /// The arguments.
    pub args: Args,
    /// The settings.
    pub block: Option<Block>,
    /// The whole.
    pub span: Span,
}

/// `(a: x, b?: y)`.
#[derive(Clone, Debug)]
pub struct Args {
    /// In text order.
    pub list: Vec<Arg>,
    /// From `(` to `)`.
    pub span: Span,
}

/// One argument.
#[derive(Clone, Debug)]
pub struct Arg {
    /// `a:`, if named.
    pub name: Option<Name>,
    /// `a?:`
    pub optional: bool,
    /// The value.
    pub value: Expr,
    /// `desc` or `asc`, if written.
    pub order: Option<Name>,
}

/// `for k in list key e`.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The loop variable.
    pub var: Name,
    /// The list.
    pub list: Expr,
    /// `key e`.
    pub key: Option<Expr>,
}

/// `on 404, 5xx, timeout => e`.
#[derive(Clone, Debug)]
pub struct Catch {
    /// What it matches.
    pub kinds: Vec<CatchKind>,
    /// The arm.
    pub arm: Expr,
    /// The whole.
    pub span: Span,
}

/// What an `on` matches.
#[derive(Clone, Debug)]
pub enum CatchKind {
    /// `404`, `5xx`
    Status(Name),
    /// `timeout`, `NOT_FOUND`
    Word(Name),
    /// `"CODE"`
    Code(Text),
}

/// `respond 200 e when c headers { … }`.
#[derive(Clone, Debug)]
pub struct Respond {
    /// The status.
    pub status: Option<Scalar>,
    /// The body.
    pub body: Option<Expr>,
    /// `when c`.
    pub guard: Option<Expr>,
    /// `headers { … }`.
    pub headers: Option<Block>,
}

/// `deliver name {…} {…} when c`.
#[derive(Clone, Debug)]
pub struct Deliver {
    /// Its name.
    pub name: Name,
    /// What is sent.
    pub shape: Shape,
    /// Its settings.
    pub block: Block,
    /// `when c`.
    pub guard: Option<Expr>,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `true false null`
    Const(Const),
    /// `5`, `400ms`, `2024-01-01`, …
    Scalar(Scalar),
    /// `1..20`
    Range(Range),
    /// `"text ${e}"`
    Str(Vec<StrPiece>),
    /// `/path/{x}` as a value of a setting
    Path(Path),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{ … }`: a record, a group of settings, or a shape over the subject around it
    Shape(Shape),
    /// `.x`
    Subject(Key),
    /// `name`, `it`, `Type`
    Name(String),
    /// `match (e) { … }`
    Match {
        /// The value looked at.
        value: Box<Expr>,
        /// The arms.
        arms: Vec<MatchArm>,
    },
    /// `call op(args)` as an arm or in `verify`
    Call(Box<Invoke>),
    /// `fail 409 "code" { … }`
    Fail {
        /// The status, a name where one was meant.
        status: Box<Expr>,
        /// The code.
        code: Option<Text>,
        /// Further members of the error document.
        body: Option<Box<Shape>>,
    },
    /// `a.b`, `a?.b`
    Get {
        /// The value.
        base: Box<Expr>,
        /// Written with `?.`.
        null_safe: bool,
        /// The field; a method if an [`ExprKind::Apply`] stands around.
        key: Key,
    },
    /// `a[]`
    Each(Box<Expr>),
    /// `a[k]`
    Index {
        /// The value.
        base: Box<Expr>,
        /// The index.
        index: Box<Expr>,
    },
    /// `f(args)`, `a.method(args)`
    Apply {
        /// What is applied.
        base: Box<Expr>,
        /// To what.
        args: Args,
    },
    /// `a { … }`
    Over {
        /// The value.
        base: Box<Expr>,
        /// The shape over it.
        shape: Shape,
    },
    /// `a as x`
    As {
        /// The value.
        base: Box<Expr>,
        /// Its name.
        name: Name,
    },
    /// `!a`, `-a`
    Unary {
        /// Which.
        op: UnaryOp,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// `a + b`
    Binary {
        /// Which.
        op: BinaryOp,
        /// Where the operator stands.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `c ? a : b`
    Ternary {
        /// The condition.
        condition: Box<Expr>,
        /// If it holds.
        then: Box<Expr>,
        /// If not.
        other: Box<Expr>,
    },
    /// `(e)`
    Paren(Box<Expr>),
    /// `...` at the end of a list: in an expectation, where more may follow
    Open,
    /// What could not be read; already reported.
    Error,
}

/// `true false null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Const {
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

/// A piece of a string.
#[derive(Clone, Debug)]
pub enum StrPiece {
    /// Unescaped text.
    Text(String, Span),
    /// `${e}`
    Interp(Expr),
}

/// Unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `!`
    Not,
    /// `-`
    Minus,
}

/// Binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<=`
    Le,
    /// `>=`
    Ge,
    /// `<`
    Lt,
    /// `>`
    Gt,
    /// `in`
    In,
    /// `??`
    Coalesce,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
}

/// `A | B as v => e`.
#[derive(Clone, Debug)]
pub struct MatchArm {
    /// The alternatives.
    pub patterns: Vec<Pattern>,
    /// The value.
    pub value: Expr,
    /// The whole.
    pub span: Span,
}

/// A pattern of a match arm.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: PatternKind,
}

/// The kinds of patterns.
#[derive(Clone, Debug)]
pub enum PatternKind {
    /// `_`
    Wild,
    /// `true false null`
    Const(Const),
    /// `VALUE`, `Variant as v`
    Name {
        /// The value or variant.
        name: Name,
        /// `as v`
        alias: Option<Name>,
    },
    /// `"text"`
    Text(Text),
    /// `5`, `2024-01-01`
    Scalar(Scalar),
}

/// `{ entries }`.
#[derive(Clone, Debug)]
pub struct Shape {
    /// `* except (a, b)`, if it begins so.
    pub star: Option<Star>,
    /// The entries, in text order.
    pub entries: Vec<Entry>,
    /// From `{` to `}`.
    pub span: Span,
}

/// `*` or `* except (a, b)`.
#[derive(Clone, Debug)]
pub struct Star {
    /// What is left out.
    pub except: Vec<Key>,
    /// The whole.
    pub span: Span,
}

/// One entry of a shape, with the documentation above it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Lines of `///` above.
    pub docs: Vec<String>,
    /// What it is.
    pub kind: EntryKind,
    /// `when c`.
    pub guard: Option<Expr>,
    /// Notes at its end.
    pub notes: Vec<Note>,
    /// The whole, without docs.
    pub span: Span,
}

/// The kinds of entries.
#[derive(Clone, Debug)]
pub enum EntryKind {
    /// `...`, `...Fragment`, `...e { … }`
    Spread(Option<Expr>),
    /// `key: e`
    Value {
        /// The key.
        key: Key,
        /// Its value.
        value: Expr,
    },
    /// `key`, `key { … }`, `key as x { … }`
    Pick {
        /// The key, also what is read.
        key: Key,
        /// `as x`.
        alias: Option<Name>,
        /// `{ … }`.
        shape: Option<Shape>,
    },
}

/// `@since(2024-01-15)`.
#[derive(Clone, Debug)]
pub struct Note {
    /// Its name, without `@`.
    pub name: Name,
    /// Its argument.
    pub arg: Option<Expr>,
    /// The whole.
    pub span: Span,
}

/// `test "…" { … }`.
#[derive(Clone, Debug)]
pub struct Test {
    /// What it shows.
    pub name: Text,
    /// Its steps, in text order.
    pub steps: Vec<Step>,
}

/// A step of a test.
#[derive(Clone, Debug)]
pub enum Step {
    /// `send GET /x as {…} body {…} headers {…}`
    Send {
        /// The method.
        method: Name,
        /// Path and query as written.
        target: Text,
        /// `as {…}`
        claims: Option<Expr>,
        /// `body {…}`
        body: Option<Expr>,
        /// `headers {…}`
        headers: Option<Block>,
        /// The whole.
        span: Span,
    },
    /// `mock x.op(args) => e after 200ms`
    Mock {
        /// The upstream.
        upstream: Name,
        /// The operation.
        op: Name,
        /// The arguments it answers to.
        args: Option<Args>,
        /// The reply.
        reply: Expr,
        /// The delay.
        after: Option<Scalar>,
        /// The whole.
        span: Span,
    },
    /// `expect header "x" == e`
    ExpectHeader {
        /// The header.
        name: Text,
        /// Its value.
        value: Expr,
        /// The whole.
        span: Span,
    },
    /// `expect calls x.op == 1`
    ExpectCalls {
        /// The upstream.
        upstream: Name,
        /// The operation.
        op: Name,
        /// How often.
        count: Scalar,
        /// The whole.
        span: Span,
    },
    /// `expect 200 {…}`
    ExpectStatus {
        /// The status.
        status: Scalar,
        /// The body.
        body: Option<Expr>,
        /// The whole.
        span: Span,
    },
}
