//! The jobs, the rounds and the table.
use std::time::Duration;

use serde_json::Value;

use crate::contender::{Contender, Kind};
use crate::{Result, load, payload, upstream};

/// How long it is measured.
pub(crate) struct Effort {
    rounds: usize,
    /// Requests of one round, of the small job and of the large one.
    requests: [usize; 2],
}

impl Effort {
    /// About two minutes.
    pub(crate) const FULL: Self = Self {
        rounds: 7,
        requests: [40_000, 4_000],
    };
    /// A look, and a check that everything still works.
    pub(crate) const QUICK: Self = Self {
        rounds: 1,
        requests: [2_000, 400],
    };
}

/// Connections that ask at the same time.
const CONNECTIONS: usize = 16;

struct Job {
    name: &'static str,
    path: &'static str,
    contenders: &'static [Kind],
}

const JOBS: [Job; 2] = [
    Job {
        name: "one upstream, 8 of 60 fields of 3.6 KB kept",
        path: "/bench/profiles/u-1",
        contenders: &[Kind::Ours, Kind::Hand, Kind::Nginx],
    },
    Job {
        name: "three calls at once, 72 KB together, 3 KB kept",
        path: "/bench/screens/u-1",
        contenders: &[Kind::Ours, Kind::Hand],
    },
];

pub(crate) fn run(effort: Effort) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let upstream = upstream::start()?;
    println!(
        "user {} B, profile {} B, orders {} B",
        payload::user().len(),
        payload::profile().len(),
        payload::orders().len()
    );
    let mut contenders = Vec::new();
    for kind in [Kind::Ours, Kind::Hand, Kind::Nginx] {
        match Contender::start(kind, upstream)? {
            Some(contender) => contenders.push(contender),
            None => println!("{} is not installed here: left out", kind.name()),
        }
    }
    for (job, requests) in JOBS.iter().zip(effort.requests) {
        let taking_part: Vec<&Contender> = contenders
            .iter()
            .filter(|one| job.contenders.contains(&one.kind))
            .collect();
        runtime.block_on(answers_are_equal(job, &taking_part))?;
        println!(
            "\n{} ({} rounds of {requests} requests in alternation)",
            job.name, effort.rounds
        );
        let times = runtime.block_on(rounds(job, &taking_part, &effort, requests))?;
        table(&taking_part, times)?;
    }
    Ok(())
}

/// Whoever computes an answer computes the same one; whoever passes through passes the upstream's.
async fn answers_are_equal(job: &Job, contenders: &[&Contender]) -> Result<()> {
    let mut computed: Option<Value> = None;
    for contender in contenders {
        let body = load::get(contender.address, job.path).await?;
        if contender.kind == Kind::Nginx {
            if body != payload::profile().as_bytes() {
                return Err("the proxy changes the answer".into());
            }
            continue;
        }
        let answer: Value = serde_json::from_slice(&body)?;
        let expected = computed.get_or_insert_with(|| answer.clone());
        if *expected != answer {
            return Err(format!("{} answers {answer}, expected {expected}", contender.kind.name()).into());
        }
    }
    Ok(())
}

/// CPU time of one request: the process's own, and the system's on its behalf.
#[derive(Clone, Copy)]
struct Cost {
    user: Duration,
    system: Duration,
}

impl Cost {
    fn total(&self) -> Duration {
        self.user + self.system
    }
}

/// CPU time per request of each contender in each round.
async fn rounds(job: &Job, contenders: &[&Contender], effort: &Effort, requests: usize) -> Result<Vec<Vec<Cost>>> {
    let mut costs = vec![Vec::new(); contenders.len()];
    for contender in contenders {
        load::run(contender.address, job.path, requests / 10, CONNECTIONS).await?;
    }
    for round in 0..effort.rounds {
        for turn in 0..contenders.len() {
            // Nobody is always the first after somebody else.
            let index = (turn + round) % contenders.len();
            costs[index].push(per_request(contenders[index], job.path, requests).await?);
        }
    }
    Ok(costs)
}

async fn per_request(contender: &Contender, path: &str, requests: usize) -> Result<Cost> {
    let before = contender.cpu()?;
    load::run(contender.address, path, requests, CONNECTIONS).await?;
    let after = contender.cpu()?;
    let requests = u32::try_from(requests)?;
    let [user, system] = [0, 1].map(|part| (after[part] - before[part]) / requests);
    Ok(Cost { user, system })
}

fn table(contenders: &[&Contender], costs: Vec<Vec<Cost>>) -> Result<()> {
    println!(
        "{:>12} {:>17} {:>8} {:>8} {:>10}",
        "us/request", "(least to most)", "user", "system", "peak MB"
    );
    for (contender, costs) in contenders.iter().zip(costs) {
        let sorted = |part: fn(&Cost) -> Duration| {
            let mut micros: Vec<f64> = costs.iter().map(|cost| part(cost).as_secs_f64() * 1e6).collect();
            micros.sort_unstable_by(f64::total_cmp);
            micros
        };
        let (total, middle) = (sorted(Cost::total), costs.len() / 2);
        let (user, system) = (sorted(|cost| cost.user)[middle], sorted(|cost| cost.system)[middle]);
        let (least, median, most) = (total[0], total[middle], total[costs.len() - 1]);
        let memory = contender.peak_memory()? / 1024;
        println!(
            "{median:>12.1} {:>17} {user:>8.1} {system:>8.1} {memory:>10}   {}",
            format!("({least:.1} to {most:.1})"),
            contender.kind.name()
        );
    }
    Ok(())
}
