//! The plan of a route as text for a terminal: a table of its calls with their times as bars, then what makes it slow.

use std::fmt::Write as _;

use super::{Node, NodeKind, Plan, Time};

/// Cells of the bar of the slowest route.
const BAR: u64 = 24;

/// The plan as text, without colours.
pub fn render(plan: &Plan) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}   {}:{}", plan.route, plan.at.0, plan.at.1);
    let _ = writeln!(
        out,
        "deadline {} · at worst {} of {} upstream requests",
        show(&plan.deadline),
        plan.worst_requests,
        plan.max_requests
    );
    out.push('\n');
    table(&mut out, &rows(plan));
    out.push('\n');
    critical(&mut out, plan);
    out
}

fn rows(plan: &Plan) -> Vec<[String; 6]> {
    let head = ["", "does", "starts after", "timeout", "when it fails", "at worst"].map(str::to_owned);
    let scale = plan.worst_time.max(1);
    let mut rows = vec![head];
    for node in &plan.nodes {
        rows.push(row(plan, node, scale));
    }
    rows
}

fn row(plan: &Plan, node: &Node, scale: u64) -> [String; 6] {
    let waits: Vec<&str> = node
        .waits_for
        .iter()
        .filter_map(|at| called(&plan.nodes[*at]))
        .collect();
    let guards = node.waits_for.iter().any(|at| plan.nodes[*at].kind == NodeKind::Guard);
    let after = match (waits.is_empty(), guards) {
        (true, false) => "the request".to_owned(),
        (true, true) => "the guards".to_owned(),
        (false, _) => waits.join(", "),
    };
    match &node.kind {
        NodeKind::Guard => [
            "guard".to_owned(),
            node.name.clone(),
            after,
            String::new(),
            "the route is refused".to_owned(),
            String::new(),
        ],
        NodeKind::Reply => [
            format!("respond {}", node.name),
            String::new(),
            after,
            String::new(),
            String::new(),
            format!("{}ms", node.ends),
        ],
        NodeKind::Call(call) => {
            let fails = if call.arms.is_empty() {
                "the route fails".to_owned()
            } else {
                call.arms.join("; ")
            };
            let mut does = format!("{} = {}", call.operation, call.target);
            if let Some(when) = &call.when {
                let _ = write!(does, " when {when}");
            }
            if call.effect {
                does.push_str("  (effect)");
            }
            [
                node.name.clone(),
                does,
                after,
                show(&call.timeout),
                fails,
                bar(node, scale),
            ]
        }
    }
}

fn called(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Call(_) => Some(&node.name),
        _ => None,
    }
}

/// `░░░████  250–500ms`
fn bar(node: &Node, scale: u64) -> String {
    let cell = |millis: u64| (millis * BAR / scale) as usize;
    let (from, to) = (cell(node.starts), cell(node.ends).max(cell(node.starts) + 1));
    format!(
        "{}{} {}–{}ms",
        "·".repeat(from),
        "█".repeat(to - from),
        node.starts,
        node.ends
    )
}

fn show(time: &Time) -> String {
    match (time.millis, &time.variable) {
        (Some(millis), None) => format!("{millis}ms"),
        (Some(millis), Some(variable)) => format!("env.{variable} ?? {millis}ms"),
        (None, Some(variable)) => format!("env.{variable}"),
        (None, None) => String::new(),
    }
}

fn table(out: &mut String, rows: &[[String; 6]]) {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    for row in rows {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, " {cell}{:pad$} ", "", pad = width - cell.chars().count());
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
