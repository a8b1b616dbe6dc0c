//! The plan of a route as text for a terminal: a line of time for each call, then what makes the route slow.

use std::fmt::Write as _;

use super::{CallNode, Node, NodeKind, Plan, Time};

/// Cells of the line of time.
const CELLS: u64 = 32;

/// The plan as text, without colours.
///
/// ```text
/// GET /mobile/home   mobile.bff:36
/// deadline 1200ms · at worst 800ms and 2 of 100 upstream requests
///
///                after        0                         1200ms
///   me           the request  █████████████████████             0–800ms  users.user, or the route fails
///   recent       the request  ███████████                       0–400ms  orders.list, else null
///   respond 200  me, recent                        ◆              800ms
///
/// slowest way: me (800ms) → respond 200 = 800ms of 1200ms
/// ```
pub fn render(plan: &Plan) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}   {}:{}", plan.route, plan.at.0, plan.at.1);
    let _ = writeln!(
        out,
        "deadline {} · at worst {}ms and {} of {} upstream requests\n",
        show(&plan.deadline),
        plan.worst_time,
        plan.worst_requests,
        plan.max_requests
    );
    let end = plan.worst_time.max(plan.deadline.millis.unwrap_or(0)).max(1);
    let mut rows = vec![head(end)];
    rows.extend(plan.nodes.iter().map(|node| row(plan, node, end)));
    table(&mut out, &rows);
    out.push('\n');
    critical(&mut out, plan);
    out
}

/// Name, what it waits for, its line of time, its times, what it does.
type Row = [String; 5];

fn head(end: u64) -> Row {
    let end = format!("{end}ms");
    let line = format!("0{end:>pad$}", pad = CELLS as usize - 1);
    ["", "after", &line, "", ""].map(str::to_owned)
}

fn row(plan: &Plan, node: &Node, end: u64) -> Row {
    let cell = |millis: u64| millis.min(end) * CELLS / end;
    let point = || format!("{:pad$}◆", "", pad = cell(node.ends).min(CELLS - 1) as usize);
    let after = after(plan, node);
    match &node.kind {
        NodeKind::Guard => ["guard".to_owned(), after, point(), String::new(), node.name.clone()],
        NodeKind::Reply => [
            format!("respond {}", node.name),
            after,
            point(),
            format!("{}ms", node.ends),
            String::new(),
        ],
        NodeKind::Call(call) => {
            let from = cell(node.starts).min(CELLS - 1);
            let to = cell(node.ends).max(from + 1);
            let bar = " ".repeat(from as usize) + &"█".repeat((to - from) as usize);
            [
                node.name.clone(),
                after,
                bar,
                format!("{}–{}ms", node.starts, node.ends),
                does(call),
            ]
        }
    }
}

fn after(plan: &Plan, node: &Node) -> String {
    let calls = node.waits_for.iter().map(|at| &plan.nodes[*at]);
    let calls: Vec<&str> = calls
        .filter(|node| matches!(node.kind, NodeKind::Call(_)))
        .map(|node| node.name.as_str())
        .collect();
    let count = plan
        .nodes
        .iter()
        .filter(|node| matches!(node.kind, NodeKind::Call(_)))
        .count();
    match (calls.is_empty(), node.waits_for.is_empty()) {
        (true, true) => "the request".to_owned(),
        (true, false) => "the guards".to_owned(),
        (false, _) if calls.len() > 3 && calls.len() == count => "all calls".to_owned(),
        (false, _) => calls.join(", "),
    }
}

/// What is called, on what condition, and what happens when it fails.
fn does(call: &CallNode) -> String {
    let mut text = call.operation.clone();
    if let Some(manner) = &call.manner {
        let _ = write!(text, " ({manner})");
    }
    if let Some(when) = &call.when {
        let _ = write!(text, " when {when}");
    }
    if call.effect {
        text.push_str(" (changes state)");
    }
    for arm in &call.arms {
        text = text + ", " + arm;
    }
    if call.arms.iter().all(|arm| !arm.starts_with("else ")) {
        text += ", or the route fails";
    }
    text
}

pub(super) fn show(time: &Time) -> String {
    match (time.millis, &time.variable) {
        (Some(millis), None) => format!("{millis}ms"),
        (Some(millis), Some(variable)) => format!("env.{variable} ?? {millis}ms"),
        (None, Some(variable)) => format!("env.{variable}"),
        (None, None) => String::new(),
    }
}

fn table(out: &mut String, rows: &[Row]) {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), CELLS as usize, width(3), 0];
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.chars().count()));
            // Times stand at the right of their column, below each other.
            let cell = if column == 3 { pad + cell } else { cell.clone() + &pad };
            let _ = write!(line, "  {cell}");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn critical(out: &mut String, plan: &Plan) {
    let steps: Vec<String> = plan
        .critical
        .iter()
        .map(|at| &plan.nodes[*at])
        .map(|node| match &node.kind {
            NodeKind::Call(_) => format!("{} ({}ms)", node.name, node.ends - node.starts),
            NodeKind::Guard => "guard".to_owned(),
            NodeKind::Reply => format!("respond {}", node.name),
        })
        .collect();
    let _ = write!(out, "slowest way: {} = {}ms", steps.join(" → "), plan.worst_time);
    match plan.deadline.millis {
        Some(deadline) if plan.worst_time + super::RESERVE >= deadline => {
            let _ = writeln!(out, ", cut by the deadline of {deadline}ms");
        }
        Some(deadline) => {
            let _ = writeln!(out, " of {deadline}ms");
        }
        None => out.push('\n'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(millis: u64) -> Time {
        Time {
            millis: Some(millis),
            variable: None,
        }
    }

    fn node(name: &str, kind: NodeKind, waits_for: &[usize], (starts, ends): (u64, u64)) -> Node {
        Node {
            kind,
            name: name.to_owned(),
            at: ("a.bff".to_owned(), 1),
            waits_for: waits_for.to_vec(),
            starts,
            ends,
        }
    }

    fn call(operation: &str, arms: &[&str]) -> NodeKind {
        NodeKind::Call(CallNode {
            operation: operation.to_owned(),
            target: "GET /x".to_owned(),
            timeout: time(100),
            manner: None,
            arms: arms.iter().map(|arm| (*arm).to_owned()).collect(),
            when: None,
            requests: 1,
            effect: false,
        })
    }

    #[test]
    fn bars_stand_where_calls_run() {
        let plan = Plan {
            route: "GET /a".to_owned(),
            name: "a".to_owned(),
            at: ("a.bff".to_owned(), 1),
            deadline: time(800),
            nodes: vec![
                node("me", call("users.user", &[]), &[], (0, 200)),
                node("recs", call("recs.all", &["else null"]), &[0], (200, 400)),
                node("200", NodeKind::Reply, &[0, 1], (400, 400)),
            ],
            critical: vec![0, 1, 2],
            worst_time: 400,
            worst_requests: 2,
            max_requests: 100,
        };
        let expected = "\
GET /a   a.bff:1
deadline 800ms · at worst 400ms and 2 of 100 upstream requests

               after        0                          800ms
  me           the request  ████████                            0–200ms  users.user, or the route fails
  recs         me                   ████████                  200–400ms  recs.all, else null
  respond 200  me, recs                     ◆                     400ms

slowest way: me (200ms) → recs (200ms) → respond 200 = 400ms of 800ms
";
        assert_eq!(render(&plan), expected);
    }
}
