//! Typed expressions. Lifting over `?` and lists is written out; conversions are explicit; chains are gone.

use crate::model::contract::{Version, VersionForm};
use crate::model::locale::Piece;
use crate::model::types::{EnumId, ExternId, Scalar};
use crate::source::Span;

pub use super::method::{Mask, Method, Select};

/// A view: a record type together with the fields of it that are read (an index into `Service::views`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewId(pub u32);

/// A local value: a subject, a loop element, an `as` name. Unique within a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalId(pub u32);

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// The type of `fail`.
    Never,
    /// The type of a lone `null`.
    Null,
    /// A scalar.
    Scalar(Scalar),
    /// An enum value.
    Enum(EnumId),
    /// A record or union that lies in a document.
    View(ViewId),
    /// A record that is computed here (a shape or record literal); its entries are in the expression.
    Computed,
    /// A list.
    List(Box<Ty>),
    /// A map: its keys, which are text on the wire, and its values.
    Map(Box<Ty>, Box<Ty>),
    /// A value or null. Never nested.
    Nullable(Box<Ty>),
    /// Of a field or parameter `f?: T?`: absent, null or a value. Read as a value it is nullable.
    Maybe(Box<Ty>),
}

impl Ty {
    /// Whether it can be null.
    pub fn is_nullable(&self) -> bool {
        matches!(self, Ty::Nullable(_) | Ty::Maybe(_) | Ty::Null)
    }
}

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Its type.
    pub ty: Ty,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// Which inputs of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names of the language")]
pub enum Input {
    Query,
    Header,
    Cookie,
    Path,
    Body,
}

/// The fields of `request`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names of the language")]
pub enum RequestField {
    Ip,
    Id,
    Locale,
    Now,
    Method,
    Path,
    /// `request.idempotency_key`, null without one.
    IdempotencyKey,
    /// The same in a route that requires one.
    RequiredKey,
}

/// The fields of `error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names of the language")]
pub enum ErrorField {
    Status,
    Code,
    Message,
    Field,
    Errors,
    Call,
    RequestId,
    Body,
}

/// What is read by name: the things a row can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameRef {
    /// The answer of a call: index into `Route::calls`.
    Call(u32),
    /// A `let`: index into `Route::lets`.
    Let(u32),
    /// An input record (or the body).
    Input(Input),
    /// What a call that makes several requests is at: index into `Route::turns`.
    Turn(u32),
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A decimal literal, as plain digits.
    Decimal(String),
    /// A float literal, as plain digits.
    Float(String),
    /// Text: also of `Url`, `Uuid`, `Date`, `DateTime`, `ID` literals, in their canonical form (type tells).
    Text(String),
    /// A duration, milliseconds.
    Duration(u64),
    /// A value of an enum: index of the value.
    EnumValue(EnumId, u32),
    /// A call, `let` or input.
    Name(NameRef),
    /// A local.
    Local(LocalId),
    /// Whether the request asks for this version or a later one.
    AtLeast(Version),
    /// Whether the request wants a field of a sparse answer: its number in the route.
    Wants(u16),
    /// `version`: what the request asks for. Nullable where it may not be known.
    Version(VersionForm),
    /// `request.f`
    Request(RequestField),
    /// `header.x`, `cookie.x`, `query.x` that no block declares, in a route's `when`: `String?`
    RawInput(Input, String),
    /// `error.f`
    Error(ErrorField),
    /// `partial`: the list of degraded calls.
    Partial,
    /// A field of a view that is not null: index into the view's fields.
    Field {
        /// The record.
        base: Box<Expr>,
        /// Index into `View::fields`.
        field: u32,
    },
    /// `base` is nullable: null gives null, else `body` with `local` bound to the value. A nullable body is not nested.
    Lift {
        /// The nullable value.
        base: Box<Expr>,
        /// Bound to the value where there is one.
        local: LocalId,
        /// The result.
        body: Box<Expr>,
    },
    /// For each element of `list`, `body` with `local` bound to it: a list.
    Each {
        /// The list (not null).
        list: Box<Expr>,
        /// Bound to each element.
        local: LocalId,
        /// The element of the result.
        body: Box<Expr>,
        /// `body` is a list (or null, then empty) and is put in line: `[]` after `[]`.
        flatten: bool,
    },
    /// A map with the same keys, `body` of each value with `local` bound to it.
    EachValue {
        /// The map (not null).
        map: Box<Expr>,
        /// Bound to each value.
        local: LocalId,
        /// The value of the result.
        body: Box<Expr>,
    },
    /// An element method: what it does with the list goes by `by` of each element, with `local` bound to it.
    Select {
        /// Which.
        select: Select,
        /// The list (not null).
        list: Box<Expr>,
        /// Bound to each element.
        local: LocalId,
        /// What is looked at of each element: several of `sort` only. Where the spec gives nothing it is the element itself.
        by: Vec<By>,
    },
    /// `base` with `local` bound: `e as x { … }`, subjects that are not places.
    Bind {
        /// The value (not null).
        base: Box<Expr>,
        /// Its name.
        local: LocalId,
        /// What is made of it.
        body: Box<Expr>,
    },
    /// A nullable value that narrowing has shown to be there.
    Known {
        /// The nullable value.
        value: Box<Expr>,
        /// What the `allow` or `check` reads that has shown it: whoever relies on it waits for these, too.
        after: Vec<NameRef>,
    },
    /// `left ?? right`
    Coalesce {
        /// Nullable.
        left: Box<Expr>,
        /// Taken when null.
        right: Box<Expr>,
    },
    /// `c ? a : b`
    Ternary {
        /// Boolean.
        condition: Box<Expr>,
        /// If it holds.
        then: Box<Expr>,
        /// If not.
        other: Box<Expr>,
    },
    /// `match (e) { … }`
    Match {
        /// The value looked at.
        value: Box<Expr>,
        /// Its arms, exhaustive; the first that matches.
        arms: Vec<Arm>,
    },
    /// `!e`
    Not(Box<Expr>),
    /// `-e`
    Negate(Box<Expr>),
    /// `a && b`
    And(Box<Expr>, Box<Expr>),
    /// `a || b`
    Or(Box<Expr>, Box<Expr>),
    /// `== != < <= > >=` over two values of one type (converted before); `==`/`!=` may have nullable sides.
    Compare {
        /// Which.
        op: CompareOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `p == null` (or `!=`, wrapped in `Not`): only presence is read.
    IsNull(Box<Expr>),
    /// `a in list`
    In {
        /// The value.
        value: Box<Expr>,
        /// The list.
        list: Box<Expr>,
    },
    /// `+ - * /` over two values of one numeric type (converted before), or dates and durations. `/` is nullable.
    Arithmetic {
        /// Which.
        op: ArithmeticOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `"a ${b}"`: pieces are text or scalars that are not null.
    Template(Vec<Expr>),
    /// A method; arguments in the order of its signature, absent ones `None`.
    Method {
        /// Which.
        method: Method,
        /// The receiver, not null.
        base: Box<Expr>,
        /// The arguments.
        args: Vec<Option<Expr>>,
    },
    /// `at.format("d MMM", locale: …, tz: …)` of a `Date` or `DateTime`.
    Format {
        /// The date or instant.
        value: Box<Expr>,
        /// The pattern.
        pieces: Vec<Piece>,
        /// A `Locale` of the client.
        locale: Box<Expr>,
        /// A `Zone`, if written; of instants only.
        zone: Option<Box<Expr>>,
    },
    /// `m.money(locale)`
    Money {
        /// A `Decimal`.
        amount: Box<Expr>,
        /// The code of the currency, text.
        currency: Box<Expr>,
        /// A `Locale` of the client.
        locale: Box<Expr>,
    },
    /// `list[i]`: `T?`
    ListIndex {
        /// The list.
        list: Box<Expr>,
        /// An `Int`.
        index: Box<Expr>,
    },
    /// `map[k]`: `T?`
    MapIndex {
        /// The map.
        map: Box<Expr>,
        /// A value of the map's type of keys.
        key: Box<Expr>,
    },
    /// A record written here.
    Record(Record),
    /// A list written here; elements have one type, converted before.
    List(Vec<Expr>),
    /// A conversion that always succeeds (the "fits" of section 4.2): from the type of the operand to the type of this node.
    Convert(Box<Expr>),
    /// `f(a: x)`: a function of Rust; arguments in the order of its parameters, absent ones `None`.
    Extern {
        /// Which.
        function: ExternId,
        /// The arguments.
        args: Vec<Option<Expr>>,
    },
    /// `fail status "code" { … }`
    Fail {
        /// 4xx or 5xx.
        status: u16,
        /// The code.
        code: String,
        /// Further members.
        body: Option<Record>,
    },
}

impl ExprKind {
    /// The local that it binds for a part of itself, apart from the sources of spreads.
    pub fn bound(&self) -> Option<LocalId> {
        match self {
            ExprKind::Lift { local, .. }
            | ExprKind::Each { local, .. }
            | ExprKind::EachValue { local, .. }
            | ExprKind::Select { local, .. }
            | ExprKind::Bind { local, .. } => Some(*local),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn bound_mut(&mut self) -> Option<&mut LocalId> {
        match self {
            ExprKind::Lift { local, .. }
            | ExprKind::Each { local, .. }
            | ExprKind::EachValue { local, .. }
            | ExprKind::Select { local, .. }
            | ExprKind::Bind { local, .. } => Some(local),
            _ => None,
        }
    }
}

/// An arm of a match.
#[derive(Clone, Debug)]
pub struct Arm {
    /// The alternatives; empty means all that is left.
    pub patterns: Vec<Pattern>,
    /// Bound to the record of the variant that the only pattern names.
    pub bind: Option<LocalId>,
    /// The value.
    pub value: Expr,
}

/// A pattern.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// `null`
    Null,
    /// A boolean.
    Bool(bool),
    /// An enum value.
    Enum(EnumId, u32),
    /// A variant of the union that the value is.
    Variant(u32),
    /// A text.
    Text(String),
    /// An integer.
    Int(i64),
    /// A decimal, as plain digits.
    Decimal(String),
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the usual ones")]
pub enum CompareOp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// Arithmetic operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the usual ones")]
pub enum ArithmeticOp {
    Add,
    Sub,
    Mul,
    Div,
}

/// What an element method looks at of each element.
#[derive(Clone, Debug)]
pub struct By {
    /// The value.
    pub value: Expr,
    /// `desc`, of `sort` only.
    pub descending: bool,
}

/// A record that is written here: from a shape, a record literal, a spread, a fragment.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its entries in text order; spreads and fragments are put in line, subjects are locals.
    pub entries: Vec<Entry>,
}

/// An entry of a record.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key on the wire.
    pub key: String,
    /// Its value.
    pub value: Expr,
    /// `when c`: left out unless it holds.
    pub when: Option<Expr>,
    /// The value is a picked `f?: T`: always left out when null, whatever `nulls:` says.
    pub omit_null: bool,
    /// Locals that this entry's value and `when` read, bound in this order: the source of a spread (`...a.b { c }`).
    pub bind: Vec<(LocalId, Expr)>,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Where it stands.
    pub span: Span,
}
