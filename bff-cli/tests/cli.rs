//! The command from outside: what it prints, what it changes, and its exit status.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail by panicking, helpers too"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "bff-cli-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = Folder(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        for (name, text) in files {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn bff(&self, args: &[&str]) -> Ran {
        self.bff_with(args, "")
    }

    fn bff_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bff"))
            .args(args)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::from(child.wait_with_output().unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Ran {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

const GOOD: &str = "client web { mount: /web, auth: none }\nroute GET /hello { respond { text: \"hello\" } }\n";
const WRONG: &str =
    "client web { mount: /web, auth: none, deadlin: 2s }\nroute GET /hello { respond { text: \"hello\" } }\n";
const UNREADABLE: &str = "client web {\n";

#[test]
fn check_is_content_with_a_good_file() {
    let folder = Folder::new(&[("a.bff", GOOD)]);
    let ran = folder.bff(&["check", "a.bff"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(ran.err, "1 file checked, nothing is wrong\n");
}

#[test]
fn check_draws_mistakes_on_standard_error_without_colours_and_ends_with_1() {
    let folder = Folder::new(&[("a.bff", WRONG)]);
    let ran = folder.bff(&["check"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("error[E0203]: "), "{}", ran.err);
    assert!(ran.err.contains("--> a.bff:1:39"), "{}", ran.err);
    assert!(
        ran.err.contains("could not compile `a.bff` due to 1 error"),
        "{}",
        ran.err
    );
    assert!(ran.err.ends_with("try `bff explain E0203`.\n"), "{}", ran.err);
    assert!(!ran.err.contains('\u{1b}'));
    assert!(folder.bff(&["check", "--color", "always"]).err.contains('\u{1b}'));
}

#[test]
fn check_prints_for_tools_on_standard_output() {
    let folder = Folder::new(&[("a.bff", WRONG)]);
    let short = folder.bff(&["check", "--format", "short"]);
    assert!(short.out.starts_with("a.bff:1:39: error[E0203]: "), "{}", short.out);
    assert_eq!(short.err, "");
    let json = folder.bff(&["check", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(json.out.trim()).unwrap();
    assert_eq!(
        (json.status, &value["code"], &value["line"]),
        (1, &"E0203".into(), &1.into())
    );
}

#[test]
fn check_searches_folders_and_tells_a_shared_mistake_once() {
    let shared = "policy p { timeot: 1s }\n";
    let entry = |name: &str| format!("import {{ p }} from \"../shared/s.bff\"\nclient {name} {{ auth: none }}\n");
    let folder = Folder::new(&[
        ("a/a.bff", &entry("a")),
        ("b/b.bff", &entry("b")),
        ("shared/s.bff", shared),
        ("target/t.bff", UNREADABLE),
        (".hidden/h.bff", UNREADABLE),
    ]);
    let ran = folder.bff(&["check", "--format", "short"]);
    assert_eq!(ran.out.matches("shared/s.bff:1:12").count(), 1, "{}", ran.out);
    assert!(!ran.out.contains("target"), "{}", ran.out);
}

#[test]
fn a_missing_file_or_an_empty_folder_is_a_sentence_and_2() {
    let folder = Folder::new(&[("mobile.bff", GOOD), ("empty/x.txt", "")]);
    let ran = folder.bff(&["check", "mobil.bff"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.err,
        "error: there is no file `mobil.bff`\nhelp: did you mean `mobile.bff`?\n"
    );
    let ran = folder.bff(&["fmt", "empty"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.starts_with("error: there are no .bff files in `empty`\n"),
        "{}",
        ran.err
    );
}

#[test]
fn wrong_usage_is_2() {
    let folder = Folder::new(&[]);
    assert_eq!(folder.bff(&["chek"]).status, 2);
    assert_eq!(folder.bff(&["fmt", "--width", "80"]).status, 2);
    assert_eq!(folder.bff(&[]).status, 2);
    assert_eq!(folder.bff(&["--help"]).status, 0);
}

#[test]
fn a_file_that_is_not_text_is_a_diagnostic() {
    let folder = Folder::new(&[]);
    folder.write("a.bff", b"client\xff");
    for command in ["check", "fmt"] {
        let ran = folder.bff(&[command, "a.bff"]);
        assert_eq!(ran.status, 1, "{}", ran.err);
        assert!(
            ran.err.starts_with("error[E0100]: `a.bff` is not UTF-8 text\n"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn check_fix_puts_right_what_is_mechanical_in_all_files_and_tells_what_is_left() {
    let shop = "type Money { amount: Decimal }\ntype User { id: ID, nam: Strin }\n";
    let web = "import { Money } from \"./shop.bff\"\nclient web { mount: /web, auth: none }\n\
               route POST /x { body: User respond { a: body.idd, b: body.missing } }\n";
    let folder = Folder::new(&[("shop.bff", shop), ("web.bff", web)]);
    let dry = folder.bff(&["check", "--fix", "--dry-run"]);
    assert_eq!(dry.status, 1, "{}", dry.err);
    assert!(dry.out.contains("+import { Money, User } from"), "{}", dry.out);
    assert_eq!(folder.read("web.bff"), web);
    let fixed = folder.bff(&["check", "--fix"]);
    assert_eq!(fixed.status, 1, "{}", fixed.err);
    assert!(
        folder.read("shop.bff").contains("nam: String"),
        "{}",
        folder.read("shop.bff")
    );
    assert!(
        folder.read("web.bff").contains("body.id,"),
        "{}",
        folder.read("web.bff")
    );
    assert!(fixed.err.contains("`User` has no field `missing`"), "{}", fixed.err);
    let again = folder.bff(&["check", "--fix"]);
    assert!(again.err.contains("nothing that can be fixed"), "{}", again.err);
}

#[test]
fn test_names_what_would_run_and_needs_a_package_and_tests() {
    let spec = "client web { mount: /web, auth: none }\nroute GET /x { respond { a: 1 } }\n";
    let folder = Folder::new(&[("web.bff", spec)]);
    let none = folder.bff(&["test"]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("there are no tests"), "{}", none.err);
    let tested = format!("{spec}test \"One is one\" {{ send GET /web/x expect 200 {{ a: 1 }} }}\n");
    folder.write("web.bff", tested.as_bytes());
    let list = folder.bff(&["test", "--list", "--name", "one IS"]);
    assert_eq!(
        (list.status, list.out.as_str()),
        (0, "web.bff: One is one\n"),
        "{}",
        list.err
    );
    let filtered = folder.bff(&["test", "--name", "two"]);
    assert!(
        filtered.err.contains("no test has `two` in its name"),
        "{}",
        filtered.err
    );
    let lost = folder.bff(&["test"]);
    assert_eq!(lost.status, 2);
    assert!(lost.err.contains("belongs to no package"), "{}", lost.err);
    folder.write("web.bff", tested.replace("expect 200 { a", "expect 200 { b").as_bytes());
    assert_eq!(folder.bff(&["test"]).status, 1);
}

#[test]
fn fmt_lays_out_in_place_and_says_what_it_changed() {
    let folder = Folder::new(&[("a.bff", "client  web{mount:/web ,auth:none}"), ("b.bff", GOOD)]);
    let ran = folder.bff(&["fmt"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, "formatted a.bff\n"));
    assert_eq!(folder.read("a.bff"), "client web { mount: /web, auth: none }\n");
    assert_eq!(folder.read("b.bff"), GOOD);
    assert_eq!(folder.bff(&["fmt"]).err, "");
}

#[test]
fn fmt_check_shows_the_difference_and_changes_nothing() {
    let text = "client web { mount: /web }\n// a comment\ntype T {a: Int}\n";
    let folder = Folder::new(&[("a.bff", text)]);
    let ran = folder.bff(&["fmt", "--check"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.out.contains("\n-type T {a: Int}\n+type T { a: Int }\n"),
        "{}",
        ran.out
    );
    assert_eq!(ran.err, "`bff fmt` would change 1 of 1 file\n");
    assert_eq!(folder.read("a.bff"), text);
    folder.bff(&["fmt"]);
    assert_eq!(folder.bff(&["fmt", "--check"]).status, 0);
}

#[test]
fn fmt_works_as_a_filter() {
    let folder = Folder::new(&[]);
    let ran = folder.bff_with(&["fmt", "-"], "type T {a: Int}");
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (0, "type T { a: Int }\n", "")
    );
    let ran = folder.bff_with(&["fmt", "-", "--check"], "type T {a: Int}");
    assert_eq!(ran.status, 1);
    let ran = folder.bff_with(&["fmt", "-"], UNREADABLE);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("<stdin>:"), "{}", ran.err);
}

#[test]
fn fmt_does_not_touch_what_it_cannot_read_and_goes_on() {
    let folder = Folder::new(&[("a.bff", UNREADABLE), ("b.bff", "type T {a: Int}")]);
    let ran = folder.bff(&["fmt"]);
    assert_eq!(ran.status, 1);
    assert_eq!(folder.read("a.bff"), UNREADABLE);
    assert_eq!(folder.read("b.bff"), "type T { a: Int }\n");
}

#[test]
fn explain_knows_every_code_however_it_is_written() {
    let folder = Folder::new(&[]);
    let page = folder.bff(&["explain", "E0203"]);
    assert_eq!(page.status, 0);
    assert!(page.out.starts_with("E0203: "), "{}", page.out);
    assert!(!page.out.contains("```"));
    for spelling in ["e203", "203", "error[E0203]"] {
        assert_eq!(folder.bff(&["explain", spelling]).out, page.out);
    }
    let ran = folder.bff(&["explain", "E0299"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("there is no code `E0299`") && ran.err.contains("`E0203`"),
        "{}",
        ran.err
    );
}

#[test]
fn explain_lists_every_page_with_its_title() {
    let folder = Folder::new(&[]);
    let list = folder.bff(&["explain", "--list"]).out;
    let pages = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors")).unwrap();
    let pages = pages.filter(|page| page.as_ref().unwrap().path().extension().is_some_and(|it| it == "md"));
    assert_eq!(list.lines().count(), pages.count());
    for line in list.lines() {
        let (code, title) = line.split_once("  ").unwrap();
        assert!(code.len() == 5 && !title.is_empty(), "{line}");
    }
}

const CALLS: &str = "\
client web { mount: /web, auth: none, deadline: 1s }
upstream users {
  base: \"http://127.0.0.1:9100\", timeout: 300ms
  op user(id: ID): User = GET /users/{id}
  op friends(of: ID): [User] = GET /friends
}
type User { id: ID, name: String }
route GET /users/{id} {
  call user    = users.user(id: path.id)
  call friends = users.friends(of: user.id) else []
  respond { name: user.name, friends: friends[].name }
}
route GET /about { respond { text: \"hello\" } }
";

#[test]
fn plan_shows_what_waits_for_what_and_the_slowest_way() {
    let folder = Folder::new(&[("a.bff", CALLS)]);
    let ran = folder.bff(&["plan", "a.bff", "GET /users/{id}"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.starts_with("GET /web/users/{id}   a.bff:8\n"), "{}", ran.out);
    assert!(
        ran.out
            .contains("slowest way: user (300ms) → friends (300ms) → respond 200 = 600ms of 1000ms"),
        "{}",
        ran.out
    );
    let all = folder.bff(&["plan", "a.bff"]).out;
    assert!(
        all.contains("GET /web/users/{id} ") && all.contains("GET /web/about "),
        "{all}"
    );
}

#[test]
fn plan_draws_a_picture() {
    let folder = Folder::new(&[("a.bff", CALLS)]);
    let ran = folder.bff(&["plan", "a.bff", "/users/{id}", "--svg", "a.svg"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let picture = folder.read("a.svg");
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    assert_eq!(picture.matches("<rect x=").count(), 2, "one bar per call: {picture}");
    assert_eq!(
        folder.bff(&["plan", "a.bff", "--svg", "b.svg"]).status,
        2,
        "a picture shows one route"
    );
}

#[test]
fn expand_prints_the_rust_of_a_route() {
    let folder = Folder::new(&[("a.bff", CALLS)]);
    let one = folder.bff(&["expand", "a.bff", "about"]);
    assert_eq!(one.status, 0, "{}", one.err);
    assert!(one.out.contains("pub static ROUTE: Route"), "{}", one.out);
    let all = folder.bff(&["expand", "a.bff"]).out;
    assert!(
        all.contains("// web.rs\n") && all.contains("// web/about.rs\n"),
        "{all}"
    );
}

#[test]
fn a_route_that_is_not_there_is_a_suggestion() {
    let folder = Folder::new(&[("a.bff", CALLS), ("types.bff", "type T { a: Int }\n")]);
    for command in ["plan", "expand"] {
        let ran = folder.bff(&[command, "a.bff", "abuot"]);
        assert_eq!(ran.status, 2);
        assert_eq!(
            ran.err,
            "error: there is no route `abuot`\nhelp: did you mean `about`?\n"
        );
        let ran = folder.bff(&[command, "types.bff"]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.starts_with("error: `types.bff` has no client"), "{}", ran.err);
    }
}

#[test]
fn a_service_with_mistakes_has_no_plan() {
    let folder = Folder::new(&[("a.bff", WRONG)]);
    let ran = folder.bff(&["plan", "a.bff"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("error[E0203]"), "{}", ran.err);
}

#[test]
fn new_makes_a_project_that_is_right_and_laid_out() {
    let folder = Folder::new(&[]);
    let ran = folder.bff(&["new", "shop-bff"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let check = folder.bff(&["check", "shop-bff"]);
    assert_eq!(check.status, 0, "{}", check.err);
    let fmt = folder.bff(&["fmt", "--check", "shop-bff"]);
    assert_eq!(fmt.status, 0, "{}", fmt.out);
    for file in [
        "Cargo.toml",
        "build.rs",
        "src/main.rs",
        "shop_bff.bff",
        "README.md",
        ".gitignore",
    ] {
        let text = folder.read(&format!("shop-bff/{file}"));
        assert!(!text.contains("{client}") && !text.contains("{package}"), "{text}");
    }
    assert!(folder.read("shop-bff/Cargo.toml").contains("name = \"shop-bff\""));
}

#[test]
fn new_overwrites_nothing_and_refuses_names_that_cannot_be() {
    let folder = Folder::new(&[("there/file", "x")]);
    let ran = folder.bff(&["new", "there"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.err.lines().next(), Some("error: `there` already exists"));
    for name in ["9lives", "a b", "match", "test", "body", "naïve"] {
        let ran = folder.bff(&["new", name]);
        assert_eq!(ran.status, 2, "{name}");
        assert!(ran.err.contains("cannot be the name of a project"), "{}", ran.err);
        assert!(!folder.0.join(name).exists());
    }
}

#[test]
fn new_inside_a_workspace_stands_on_its_own() {
    let folder = Folder::new(&[("Cargo.toml", "[workspace]\nmembers = []\n")]);
    folder.bff(&["new", "apps/shop-bff"]);
    assert!(folder.read("apps/shop-bff/Cargo.toml").contains("\n[workspace]\n"));
}

#[test]
fn completions_exist_for_the_usual_shells() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = folder.bff(&["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("explain"), "{shell}");
    }
}
