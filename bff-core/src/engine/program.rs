//! A route made ready to run: settings resolved, constants decoded, once per gateway.

use std::sync::Arc;
use std::time::Duration;

use super::doc::Doc;
use super::fault::At;
use super::frame::Args;
use super::invoke::{Batch, Collect, How};
use super::plan::Kind;
use super::table::{Arm, Call, On, Op, Proxy, Route};
use crate::error::FailureKind;
use crate::upstream::Remote;

/// One route of a running gateway.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) route: &'static Route,
    pub(crate) deadline: Duration,
    pub(crate) calls: Vec<CallProgram>,
    pub(crate) proxy: Option<ProxyProgram>,
    /// How long answers are kept under their keys, if they are.
    pub(crate) idempotency: Option<Duration>,
    /// The calls that change something, one bit each.
    pub(crate) effects: u64,
    /// The calls that an effect waits for, whether it reads them or not.
    pub(crate) before_effects: u64,
}

impl Program {
    pub(crate) fn new(
        route: &'static Route,
        deadline: Duration,
        idempotency: Option<Duration>,
        calls: Vec<CallProgram>,
        proxy: Option<ProxyProgram>,
    ) -> Self {
        let all = |of: &dyn Fn(usize, &CallProgram) -> bool| {
            let bits = calls.iter().enumerate().filter(|(at, call)| of(*at, call));
            bits.fold(0_u64, |set, (at, _)| set | 1 << at)
        };
        let effects = all(&|_, call| !call.main.op.safe);
        let mut behind = effects;
        loop {
            let next = behind | all(&|_, call| call.all_needs() & behind != 0);
            if next == behind {
                break;
            }
            behind = next;
        }
        // A call without `else` may still fail the route; one that waits for an effect itself cannot come before it.
        let before_effects = all(&|at, call| call.or.is_empty() && behind & (1 << at) == 0);
        Self {
            route,
            deadline,
            calls,
            proxy,
            idempotency,
            effects,
            before_effects,
        }
    }
}

/// Where a route hands its requests on to.
#[derive(Debug)]
pub(crate) struct ProxyProgram {
    pub(crate) row: &'static Proxy,
    pub(crate) remote: Arc<Remote>,
}

/// A call and its arms.
#[derive(Debug)]
pub(crate) struct CallProgram {
    pub(crate) row: &'static Call,
    pub(crate) main: Sending,
    /// Those that race with it.
    pub(crate) rivals: Vec<Sending>,
    pub(crate) on: Vec<ArmProgram>,
    pub(crate) or: Vec<ArmProgram>,
    /// What takes it back.
    pub(crate) undo: Option<Sending>,
}

/// A request that a call or an arm makes.
#[derive(Debug, Clone)]
pub(crate) struct Sending {
    pub(crate) op: &'static Op,
    pub(crate) args: Args,
    pub(crate) remote: Arc<Remote>,
    /// Bounds one attempt.
    pub(crate) attempt: Duration,
    /// Bounds the whole of it.
    pub(crate) whole: Option<Duration>,
    /// True if another call of the route has the same operation, so that requests may turn out equal.
    pub(crate) shareable: bool,
    /// When the same request is sent once more.
    pub(crate) hedge: Option<Duration>,
    pub(crate) collect: Option<&'static Collect>,
    pub(crate) batch: Option<Box<BatchProgram>>,
}

/// The operation that answers many, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct BatchProgram {
    pub(crate) row: &'static Batch,
    pub(crate) to: Sending,
}

/// An arm, its constant decoded and its request resolved.
#[derive(Debug)]
pub(crate) enum ArmProgram {
    Value(Arc<Doc>),
    Send(Sending),
    /// An arm that is run as it is written.
    Row(&'static Arm),
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    #[default]
    Main,
    On(usize),
    Or(usize),
}

impl CallProgram {
    /// The arm of a stage; none for the call itself.
    pub(crate) fn arm(&self, stage: Stage) -> Option<&ArmProgram> {
        match stage {
            Stage::Main => None,
            Stage::On(row) => self.on.get(row),
            Stage::Or(row) => self.or.get(row),
        }
    }

    /// The calls that must be there before a stage can run.
    pub(crate) fn needs(&self, stage: Stage) -> u64 {
        match self.arm(stage) {
            None => {
                let rivals = self.rivals.iter().fold(0, |needs, rival| needs | rival.needs());
                rivals | self.main.needs() | self.row.needs() | self.undo_needs()
            }
            Some(ArmProgram::Value(_)) => 0,
            Some(ArmProgram::Send(sending)) => sending.needs(),
            Some(ArmProgram::Row(Arm::Compute(body))) => body.needs,
            Some(ArmProgram::Row(Arm::Fail(fail))) => fail.body.map_or(0, |body| body.needs),
            Some(ArmProgram::Row(_)) => 0,
        }
    }

    /// What its undo reads besides its own answer: there before it begins, so that it can be undone at any time.
    fn undo_needs(&self) -> u64 {
        let needs = self.undo.as_ref().map_or(0, |undo| undo.args.needs);
        needs & !(1 << self.row.slot)
    }

    /// The calls that it reads in any stage.
    pub(crate) fn all_needs(&self) -> u64 {
        let on = (0..self.on.len()).map(Stage::On);
        let or = (0..self.or.len()).map(Stage::Or);
        on.chain(or)
            .fold(self.needs(Stage::Main), |needs, stage| needs | self.needs(stage))
    }

    /// The request of a stage, if it makes one.
    pub(crate) fn sending(&self, stage: Stage) -> Option<&Sending> {
        match self.arm(stage) {
            None => Some(&self.main),
            Some(ArmProgram::Send(sending)) => Some(sending),
            Some(_) => None,
        }
    }

    pub(crate) fn at(&self) -> At {
        self.row.at
    }

    /// What its arms must fit: the kind of the name, or of what one element gets.
    pub(crate) fn value_kind(&self) -> &'static Kind {
        self.row.value_kind()
    }

    /// What follows when a stage has failed: the first `on` row that matches the call's own failure, else the next `else`.
    pub(crate) fn next_stage(&self, stage: Stage, failure: FailureKind) -> Option<Stage> {
        let matches = |(kinds, _): &(&[On], Arm)| kinds.iter().any(|on| on.matches(failure));
        let on = match stage {
            Stage::Main => self.row.on.iter().position(matches).map(Stage::On),
            Stage::On(_) | Stage::Or(_) => None,
        };
        on.or_else(|| {
            let next = if let Stage::Or(row) = stage { row + 1 } else { 0 };
            (next < self.or.len()).then_some(Stage::Or(next))
        })
    }

    /// Whether an argument of what a stage sends comes from the path.
    pub(crate) fn reads_path(&self, stage: Stage) -> bool {
        let own = self.sending(stage).is_some_and(Sending::reads_path);
        own || stage == Stage::Main && self.rivals.iter().any(Sending::reads_path)
    }

    /// Whether a stage may send more than one request.
    pub(crate) fn takes_several(&self, stage: Stage, sending: &Sending) -> bool {
        let races = stage == Stage::Main && !self.rivals.is_empty();
        races || sending.hedge.is_some() || sending.collect.is_some()
    }

    /// The request of a racer, of the call's or an arm's own if it is the first.
    pub(crate) fn racer(&self, stage: Stage, number: usize) -> Option<&Sending> {
        match number.checked_sub(1) {
            None => self.sending(stage),
            Some(rival) => self.rivals.get(rival),
        }
    }

    /// Whether all its answers are waited for one by one.
    pub(crate) fn is_each(&self) -> bool {
        matches!(self.row.how, How::Each(_))
    }
}

impl Sending {
    /// The calls that its functions read.
    fn needs(&self) -> u64 {
        let batch = self.batch.as_ref().map(|batch| batch.row);
        let batch = batch.map_or(0, |row| row.args.needs | row.value.map_or(0, |value| value.needs));
        self.args.needs | batch | self.collect.map_or(0, |row| row.next.needs)
    }

    fn reads_path(&self) -> bool {
        let batch = self.batch.as_ref().map(|batch| batch.row);
        let batch = batch.is_some_and(|row| row.args.reads_path() || row.value.is_some_and(|value| value.reads_path()));
        self.args.reads_path() || batch
    }

    /// What an answer is decoded with: the kind of the name, without its null if the operation never answers null.
    pub(crate) fn kind(&self, call: &'static Call) -> &'static Kind {
        let kind = call.value_kind();
        if self.op.nullable { kind } else { kind.inner() }
    }
}
