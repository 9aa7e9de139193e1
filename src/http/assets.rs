//! The files of `web/page/`, as the binary carries them: modules, styles, icons.
//!
//! Modules and styles are served without their comments and indentation, line by line as they are written.
//!
//! All stand under `/assets/VERSION/`, where VERSION is a digest of all of them: a browser keeps them for
//! good, and relative imports between modules need no rewriting. Two kinds are made from others: a
//! module `operations.js` that holds every file of `operations/`, and of each `X.css` a module
//! `X.css.js` whose default export is a `CSSStyleSheet`, for the page or a shadow root to adopt.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

/// Read from the folder in a debug build, where a changed file shows at the next load of a page.
#[derive(RustEmbed)]
#[folder = "web/page/"]
struct Files;

/// Digits of the digest that name a version.
const VERSION_LENGTH: usize = 16;

/// The path of the page in the folder. It is served as a page only, never as an asset.
const PAGE: &str = "index.html";

/// The folder of GraphQL operations.
const OPERATIONS: &str = "operations/";

/// The module that is made of them.
const OPERATIONS_MODULE: &str = "operations.js";

static EMBEDDED: LazyLock<Arc<Assets>> = LazyLock::new(|| Arc::new(Assets::read()));

/// The files by their path under `/assets/VERSION/`.
#[derive(Debug)]
pub(super) struct Assets {
    version: String,
    files: BTreeMap<String, Bytes>,
}

impl Assets {
    /// Returns the files of now: in a release those of the build.
    pub(super) fn current() -> Arc<Self> {
        if cfg!(debug_assertions) {
            Arc::new(Self::read())
        } else {
            Arc::clone(&EMBEDDED)
        }
    }

    fn read() -> Self {
        let sources = Files::iter().filter_map(|path| {
            let file = Files::get(&path)?;
            Some((path.into_owned(), bytes(file.data)))
        });
        Self::of(sources.collect())
    }

    fn of(sources: BTreeMap<String, Bytes>) -> Self {
        let mut files = BTreeMap::new();
        let mut operations = BTreeMap::new();
        for (path, data) in sources {
            if let Some(name) = operation_name(&path) {
                operations.insert(name.to_owned(), String::from_utf8_lossy(&data).into_owned());
                continue;
            }
            let data = match path.rsplit_once('.') {
                Some((_, "js" | "css")) => without_comments(&String::from_utf8_lossy(&data)).into(),
                _ => data,
            };
            if path.ends_with(".css") {
                let module = style_module(&String::from_utf8_lossy(&data));
                files.insert(format!("{path}.js"), module.into());
            } else {
                files.insert(path, data);
            }
        }
        files.insert(
            OPERATIONS_MODULE.to_owned(),
            operations_module(&operations).into(),
        );
        // Of what is served: how it is made of the sources may change, too.
        let mut digest = Sha256::new();
        for (path, data) in &files {
            digest.update(path.as_bytes());
            digest.update([0]);
            digest.update(Sha256::digest(data));
        }
        let mut version = format!("{:x}", digest.finalize());
        version.truncate(VERSION_LENGTH);
        Self { version, files }
    }

    /// Returns the page, with the addresses of its modules.
    ///
    /// `path` is the address that it is opened at: what is shown there is loaded with it.
    pub(super) fn page(&self, path: &str) -> String {
        let html = self.files.get(PAGE).map(Bytes::as_ref).unwrap_or_default();
        let root = self.root();
        let preloads: String = self
            .loaded_at(path)
            .iter()
            .map(|path| format!("<link rel=\"modulepreload\" href=\"{root}/{path}\">\n"))
            .collect();
        String::from_utf8_lossy(html)
            .replace("{{modules}}", preloads.trim_end())
            .replace("{{assets}}", &root)
    }

    /// Returns a module that stands at an address of its own for good, and loads `path` of this version. It
    /// names what that imports, too: the page of somebody else has no preloads for it.
    pub(super) fn entry(&self, path: &str) -> String {
        let root = self.root();
        let imports: String = self
            .imported_by(path)
            .iter()
            .map(|path| format!("import \"{root}/{path}\";\n"))
            .collect();
        format!("{imports}export * from \"{root}/{path}\";\n")
    }

    /// Returns the modules that run at an address: those of the frame, and those of the page within it.
    fn loaded_at(&self, path: &str) -> BTreeSet<String> {
        let within = match path.split('/').nth(1).unwrap_or_default() {
            "" => "search",
            "candidates" => "candidate",
            name => name,
        };
        let mut modules = self.imported_by("app.js");
        modules.extend(self.imported_by(&format!("pages/{within}.js")));
        modules
    }

    fn root(&self) -> String {
        format!("/assets/{}", self.version)
    }

    /// Returns what a module imports before it runs, and what that imports: a browser that knows all of
    /// it at once need not read one module to learn of the next.
    fn imported_by(&self, entry: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut unread = vec![entry.to_owned()];
        while let Some(path) = unread.pop() {
            let Some(module) = self.files.get(&path) else {
                continue;
            };
            for import in imports(&String::from_utf8_lossy(module)) {
                unread.extend(beside(&path, import).filter(|path| !found.contains(path)));
            }
            found.insert(path);
        }
        found
    }
}

/// Returns a file under `/assets/VERSION/`. Of another version, which a page that was opened before the
/// server changed still asks for, the file of now, which the browser must not keep.
pub(super) async fn asset(Path((version, path)): Path<(String, String)>) -> Response<Body> {
    let assets = Assets::current();
    let Some(data) = assets.files.get(&path).filter(|_| path != PAGE) else {
        return (StatusCode::NOT_FOUND, "not found\n").into_response();
    };
    let age = if version == assets.version {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    public(data.clone(), media_type(&path), age)
}

/// Returns the module of `<shokureki-search>`, for pages of any origin.
pub(super) async fn embed() -> Response<Body> {
    let module = Assets::current().entry("embed.js");
    public(module.into(), media_type("embed.js"), "no-cache")
}

/// An answer that pages of every origin may load: it holds no data, and a module of another origin loads
/// no other way.
fn public(data: Bytes, media_type: &'static str, age: &'static str) -> Response<Body> {
    let mut answer = data.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(age));
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    answer
}

/// Returns the media type of a file by its name.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}

/// Returns an embedded file's bytes, without a copy where they are in the binary.
pub(super) fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => data.into(),
    }
}

fn operation_name(path: &str) -> Option<&str> {
    path.strip_prefix(OPERATIONS)?.strip_suffix(".graphql")
}

/// Returns a module that exports each operation by its name, with the fragments that it needs. A file
/// holds the operation or the fragment of its own name.
fn operations_module(operations: &BTreeMap<String, String>) -> String {
    let is_fragment = |text: &str| text.trim_start().starts_with("fragment ");
    let named = operations.iter().filter(|(_, text)| !is_fragment(text));
    let exports = named.map(|(name, text)| {
        let mut document = text.clone();
        for fragment in fragments(text, operations) {
            document.push_str(&operations[fragment]);
        }
        let document = serde_json::Value::from(document);
        format!("export const {name} = {document};\n")
    });
    exports.collect()
}

fn fragments<'a>(text: &str, operations: &'a BTreeMap<String, String>) -> BTreeSet<&'a String> {
    let mut found = BTreeSet::new();
    let mut unread = vec![text];
    while let Some(text) = unread.pop() {
        for spread in text.split("...").skip(1) {
            let end = spread.find(|letter: char| !letter.is_alphanumeric());
            let name = &spread[..end.unwrap_or(spread.len())];
            let known = operations.get_key_value(name);
            if let Some((name, text)) = known.filter(|(name, _)| !found.contains(name)) {
                found.insert(name);
                unread.push(text);
            }
        }
    }
    found
}

/// Returns a module or style without indentation, without the comments that begin a line, and without the
/// types within one (`/** … */`). Each line keeps its number, for who reads where an error was. What holds a
/// text of several lines is left as it is.
fn without_comments(text: &str) -> String {
    let has_long_text = text.lines().any(|line| line.matches('`').count() % 2 == 1);
    if has_long_text {
        return text.to_owned();
    }
    let mut bare = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines().map(str::trim) {
        let end = line.find("*/").map(|end| end + "*/".len());
        let begins = !is_comment && line.starts_with("/*");
        let is_left_out = is_comment || begins || line.starts_with("//");
        // Code may go on behind a type: `/** @type {X} */ (x)`.
        let has_code = (is_comment || begins) && end.is_some_and(|end| end < line.len());
        if is_comment || begins {
            is_comment = end.is_none();
        }
        if !is_left_out {
            push_without_types(&mut bare, line);
        } else if has_code {
            push_without_types(&mut bare, line[end.unwrap_or(0)..].trim_start());
        }
        bare.push('\n');
    }
    bare
}

/// Adds a line of code without its `/** … */`. One within a text, behind an odd quote, belongs to that.
fn push_without_types(bare: &mut String, mut line: &str) {
    while let Some(start) = line.find("/**") {
        let (code, comment) = line.split_at(start);
        let is_text = ['"', '\'', '`']
            .iter()
            .any(|quote| code.matches(*quote).count() % 2 == 1);
        let Some(end) = comment.find("*/").filter(|_| !is_text) else {
            break;
        };
        bare.push_str(code);
        line = comment[end + "*/".len()..].trim_start();
    }
    bare.push_str(line);
}

fn style_module(style: &str) -> String {
    let style = serde_json::Value::from(style);
    format!(
        "const sheet = new CSSStyleSheet();\nsheet.replaceSync({style});\nexport default sheet;\n"
    )
}

/// Returns what `module` imports, as written: `import … from "./x.js"` and `import "./x.js"` at the
/// beginning of a line, where our modules have them.
fn imports(module: &str) -> impl Iterator<Item = &str> {
    let statements = module
        .split("\nimport ")
        .flat_map(|part| part.split("\nexport {"));
    statements.filter_map(|statement| {
        let statement = statement.strip_prefix("import ").unwrap_or(statement);
        let (head, _) = statement.split_once(';')?;
        let head = head.strip_suffix('"')?;
        head.rsplit_once('"').map(|(_, path)| path)
    })
}

/// Returns the path that `import` names in a module at `path`, where it is relative.
fn beside(path: &str, import: &str) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if !import.starts_with('.') {
        return None;
    }
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Assets {
        let files = files.iter();
        let files = files.map(|&(path, text)| (path.to_owned(), text.to_owned().into()));
        Assets::of(files.collect())
    }

    #[test]
    fn a_changed_file_changes_the_version() {
        let version = |files: &[(&str, &str)]| of(files).version;
        let one = version(&[("a.js", "1"), ("b.js", "2")]);
        assert_eq!(one.len(), VERSION_LENGTH);
        assert_eq!(one, version(&[("a.js", "1"), ("b.js", "2")]));
        assert_ne!(one, version(&[("a.js", "1"), ("b.js", "3")]));
        assert_ne!(one, version(&[("a.js", "2"), ("b.js", "1")]));
    }

    #[test]
    fn an_operation_brings_the_fragments_that_it_needs() {
        let assets = of(&[
            (
                "operations/A.graphql",
                "query A { a { ...F ... on X { b } } }\n",
            ),
            ("operations/F.graphql", "fragment F on Y { c { ...G } }\n"),
            ("operations/G.graphql", "fragment G on Z { d \"\" }\n"),
            ("operations/H.graphql", "fragment H on Z { e }\n"),
        ]);
        assert_eq!(
            String::from_utf8_lossy(&assets.files[OPERATIONS_MODULE]),
            "export const A = \"query A { a { ...F ... on X { b } } }\\n\
             fragment F on Y { c { ...G } }\\nfragment G on Z { d \\\"\\\" }\\n\";\n"
        );
    }

    #[test]
    fn the_page_names_every_module_that_runs_at_once() {
        let assets = of(&[
            (
                "index.html",
                "{{modules}}\n<script src=\"{{assets}}/app.js\"></script>",
            ),
            (
                "app.js",
                "// @ts-check\nimport { a } from \"./lib/a.js\";\nimport \"./b.js\";\nimport(\"./late.js\");\n",
            ),
            ("b.js", "export const b = 1;\n"),
            ("late.js", ""),
            ("pages/candidate.js", ""),
            ("pages/search.js", ""),
            (
                "lib/a.js",
                "import {\n  c,\n} from \"../lib/c.js\";\nexport const a = c;\n",
            ),
            ("lib/c.js", "import { a } from \"./a.js\";\n"),
        ]);
        let imported: Vec<String> = assets.imported_by("app.js").into_iter().collect();
        assert_eq!(imported, ["app.js", "b.js", "lib/a.js", "lib/c.js"]);
        let root = assets.root();
        let page = assets.page("/candidates/1");
        for preloaded in ["lib/c.js", "pages/candidate.js"] {
            assert!(page.contains(&format!(
                "<link rel=\"modulepreload\" href=\"{root}/{preloaded}\">"
            )));
        }
        assert!(!page.contains("late.js"), "{page}");
        assert!(assets.page("/").contains("pages/search.js"));
        assert!(page.contains(&format!("<script src=\"{root}/app.js\">")));
        assert!(!page.contains("{{"));
    }

    #[test]
    fn a_module_for_other_pages_names_every_module_that_it_needs() {
        let assets = of(&[
            ("b.js", "export const b = 1;\n"),
            (
                "embed.js",
                "import { b } from \"./b.js\";\nexport const e = b;\n",
            ),
            ("other.js", ""),
        ]);
        let root = assets.root();
        assert_eq!(
            assets.entry("embed.js"),
            format!(
                "import \"{root}/b.js\";\nimport \"{root}/embed.js\";\nexport * from \"{root}/embed.js\";\n"
            )
        );
    }

    #[test]
    fn comments_and_indentation_stay_at_home() {
        let check = |text: &str, expected: &str| assert_eq!(without_comments(text), expected);
        check("// a\n  b(\"// c\"); // d\n", "\nb(\"// c\"); // d\n");
        check(
            "  /**\n   * a\n   */\n  b /* c */ d\n",
            "\n\n\nb /* c */ d\n",
        );
        check(
            "return (\n  /** @type {A} */ (b)\n)\n",
            "return (\n(b)\n)\n",
        );
        check(
            "for (const a of /** @type {A} */ (b)) /** @type {C} */ (d).e();\n",
            "for (const a of (b)) (d).e();\n",
        );
        check("a = \"/** b */\"; // c\n", "a = \"/** b */\"; // c\n");
        check("/* a */\na { b: c }\n", "\na { b: c }\n");
        check("a = `b\n  // c`;\n", "a = `b\n  // c`;\n");
    }

    #[test]
    fn the_files_of_the_page_are_small_and_complete() {
        let assets = Assets::read();
        for needed in [
            PAGE,
            "app.js",
            "embed.js",
            "styles/base.css.js",
            OPERATIONS_MODULE,
        ] {
            assert!(assets.files.contains_key(needed), "{needed}");
        }
        let size = |paths: &BTreeSet<String>| -> usize {
            let files = paths.iter().filter_map(|path| assets.files.get(path));
            files.map(Bytes::len).sum()
        };
        for (address, module) in [
            ("/", "pages/search.js"),
            ("/candidates/1", "pages/candidate.js"),
            ("/compare", "pages/compare.js"),
            ("/import", "pages/import.js"),
            ("/sign-in", "pages/sign-in.js"),
        ] {
            let loaded = assets.loaded_at(address);
            assert!(loaded.contains(module), "{address}: {loaded:?}");
            let total = size(&loaded) + size(&BTreeSet::from([PAGE.to_owned()]));
            assert!(total < 150_000, "{address}: {total} bytes");
        }
        let embedded = size(&assets.imported_by("embed.js"));
        assert!(embedded < 150_000, "{embedded} bytes");
    }
}
