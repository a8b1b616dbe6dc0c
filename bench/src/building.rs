//! What a service costs to build: a generated project of so many routes, the time and the CPU of `cargo build` for its crate alone,
//! from nothing and after one expression of one route has changed.
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;

/// How many routes share their operations and types: one team's screens look at the same things.
const SHARING: usize = 4;

/// One way to build.
#[derive(Clone, Copy)]
enum Profile {
    Debug,
    Release,
}

/// What one build took.
struct Cost {
    wall: Duration,
    cpu: Duration,
}

/// Builds services of these sizes and prints a line for each.
pub(crate) fn run(sizes: &[usize]) -> Result<()> {
    let project = Project::new()?;
    println!(
        "| routes | operations | profile | cold | cold, CPU | one route touched | touched, CPU | generated lines |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for &size in sizes {
        for (shared, name) in [(SHARING, "shared by 4 routes"), (1, "each route its own")] {
            for profile in [Profile::Debug, Profile::Release] {
                let (cold, touched) = project.measure(size, shared, profile)?;
                println!(
                    "| {size} | {name} | {} | {} | {} | {} | {} | {} |",
                    profile.name(),
                    seconds(cold.wall),
                    seconds(cold.cpu),
                    seconds(touched.wall),
                    seconds(touched.cpu),
                    project.generated_lines(profile)?,
                );
            }
        }
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// A service in a folder of its own, whose dependencies are built beside this program.
struct Project {
    folder: PathBuf,
    target: PathBuf,
}

impl Project {
    fn new() -> Result<Self> {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let folder = std::env::temp_dir().join(format!("bff-bench-build-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("src"))?;
        let path = |name: &str| checkout.join(name).display().to_string();
        let manifest = format!(
            "[package]\nname = \"bench-service\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nbff-core = {{ path = {:?} }}\n\n[build-dependencies]\nbff-codegen = {{ path = {:?} }}\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n",
            path("bff-core"),
            path("bff-codegen"),
        );
        std::fs::write(folder.join("Cargo.toml"), manifest)?;
        std::fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        std::fs::write(
            folder.join("build.rs"),
            "fn main() { bff_codegen::build_script::compile(\"service.bff\"); }\n",
        )?;
        std::fs::write(
            folder.join("src/main.rs"),
            "bff_core::include_bff!(\"service\");\nfn main() -> std::process::ExitCode { bff_core::serve(&service::SERVICE).run() }\n",
        )?;
        let target = folder.join("target");
        Ok(Self { folder, target })
    }

    fn measure(&self, routes: usize, sharing: usize, profile: Profile) -> Result<(Cost, Cost)> {
        // The first build is for the dependencies.
        self.write(&spec(1, 1, "basic"))?;
        self.build(profile)?;
        self.write(&spec(routes, sharing, "basic"))?;
        let cold = self.build(profile)?;
        self.write(&spec(routes, sharing, "simple"))?;
        let touched = self.build(profile)?;
        Ok((cold, touched))
    }

    fn write(&self, spec: &str) -> Result<()> {
        Ok(std::fs::write(self.folder.join("service.bff"), spec)?)
    }

    fn build(&self, profile: Profile) -> Result<Cost> {
        let mut cargo = Command::new("cargo");
        cargo.arg("build").arg("--quiet").current_dir(&self.folder);
        if matches!(profile, Profile::Release) {
            cargo.arg("--release");
        }
        cargo.env("CARGO_TARGET_DIR", &self.target).stdout(Stdio::null());
        let (start, before) = (Instant::now(), children_cpu()?);
        if !cargo.status()?.success() {
            return Err("the generated service does not build".into());
        }
        Ok(Cost {
            wall: start.elapsed(),
            cpu: children_cpu()?.saturating_sub(before),
        })
    }

    /// The lines of what the build script wrote last.
    fn generated_lines(&self, profile: Profile) -> Result<usize> {
        let mut newest = None;
        for entry in std::fs::read_dir(self.target.join(profile.name()).join("build"))? {
            let out = entry?.path().join("out");
            if let Ok(written) = out.join("service.rs").metadata().and_then(|it| it.modified()) {
                newest = newest.max(Some((written, out)));
            }
        }
        let (_, out) = newest.ok_or("nothing was generated")?;
        let mut lines = 0;
        for folder in [out.clone(), out.join("service")] {
            for file in std::fs::read_dir(folder)?.flatten().filter(|it| it.path().is_file()) {
                lines += std::fs::read_to_string(file.path())?.lines().count();
            }
        }
        Ok(lines)
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// User and system time of all ended children and theirs.
fn children_cpu() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| -> Result<u64> { Ok(fields.get(index).ok_or("no CPU time")?.parse()?) };
    Ok(Duration::from_millis((ticks(13)? + ticks(14)?) * 10))
}

/// A service of `routes` home screens, of which `sharing` use the same operations and types.
fn spec(routes: usize, sharing: usize, word: &str) -> String {
    let mut text = "client service { mount: /m, auth: none, nulls: omit, deadline: 2s }\n\
                    enum Tier { GOLD = \"gold\", PLATINUM = \"platinum\", BASIC = \"basic\", ... }\n"
        .to_owned();
    for group in 0..routes.div_ceil(sharing) {
        text += &OPERATIONS.replace('#', &group.to_string());
    }
    for route in 0..routes {
        let word = if route == routes / 2 { word } else { "basic" };
        let filled = ROUTE
            .replace("#N", &route.to_string())
            .replace('#', &(route / sharing).to_string())
            .replace("WORD", word);
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{filled}");
    }
    text
}

const OPERATIONS: &str = r#"
type User# { id: ID, givenName: String, familyName: String, loyaltyId: ID?, tier: Tier }
type Orders# { items: [Order#] }
type Order# { id: ID, status: String, total: Decimal, placedAt: DateTime, lines: [Line#] }
type Line# { sku: ID, qty: Int, price: Decimal }
type Rec# { sku: ID, score: Float }
type Product# { id: ID, title: String, price: Price#, images: [Image#], stock: Int }
type Price# { amount: Decimal, currency: String }
type Image# { url: Url }
type Points# { balance: Int }
upstream shop# {
  base: "http://127.0.0.1:9"
  op user(id: ID): User# = GET /users/{id}
  op orders(customer: ID, limit: Int): Orders# = GET /orders
  op recs(id: ID): [Rec#] = GET /recs/{id}
  op popular(): [Rec#] = GET /popular
  op product(id: ID): Product# = GET /products/{id} { batch: { op: products, arg: ids, match: .id, max: 100 } }
  op products(ids: [ID]): [Product#] = GET /products
  op points(member: ID): Points# = GET /members/{member}
}
"#;

const ROUTE: &str = r#"
route GET /home#N {
  query { user: ID, limit: Int(1..20) = 10 }
  call me     = shop#.user(id: query.user)
  call recent = shop#.orders(customer: me.id, limit: 3) { timeout: 250ms }
    on 404 => { items: [] }
    else null
  call recs   = shop#.recs(id: query.user)
    else call shop#.popular()
    else []
  let top     = recs.filter(.score >= 0.3).sort(.score desc).take(query.limit)
  call goods  = shop#.product(id: sku) for sku in top[].sku
    else null
  call points = shop#.points(member: me.loyaltyId) when me.loyaltyId != null
    else null

  respond {
    user:        me { id, name: "${.givenName} ${.familyName}", tier: match (.tier) { GOLD | PLATINUM => "plus", _ => "WORD" } }
    orders:      recent?.items { id, status, total, placed: .placedAt, lines { sku, qty, price } }
    spent:       recent?.items.sum(.total)
    recommended: top { sku, product: goods[.sku] { id, title, price { amount, currency }, image: .images.first()?.url, stock } }
    points:      points?.balance
    greeting:    "Hello ${me.givenName}" when query.limit > 5
    degraded:    partial
  }
}
"#;
