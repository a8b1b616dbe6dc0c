//! All that generated code names, in one place: `use bff_core::prelude::*;`.

pub use crate::engine::table::{
    Arm, Batch, BodyInput, Call, ClientHeaders, Collect, Contract, Deprecation, Each, Env, ErrorFormat, Fail, Guard,
    Idempotency, Input, Inputs, Invoke, Listing, On, Op, Output, Proxy, Refuse, Reply, Route, RouteHeaders, Service,
    Setting, StreamAnswer, StreamInput, Undo, Upstream, in_order,
};
pub use crate::engine::value::{
    Bytes, Date, DateTime, Duration as Span, Id, List, Map, Maybe, Raw, RawJson, Rec, Str, Url, Uuid, Zone,
};
pub use crate::engine::{
    Args, At, Eval, Fault, Field, Frame, Gated, HeaderOut, InputKind, IntoEval, IntoSent, IntoTest, Kind, Located,
    Names, Out, Pattern, Plan, Put, Read, Request, RequestView, Rule, Scratch, Slots, Sparse, SparseField, Stream,
    Template, Text, Var, View, inputs, list, needs, ops, skips, text,
};
pub use crate::error::ErrorView;
pub use crate::gateway::Gateway;
pub use crate::route::Verb;
pub use crate::version::{Mark, Version, VersionForm, Versions};
pub use crate::{body, headers, record, send, t, when, wire_enum, wire_union};
pub use axum::Router;
pub use http::Method;
pub use rust_decimal::Decimal;
pub use std::time::Duration;
