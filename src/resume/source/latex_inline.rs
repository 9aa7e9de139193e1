//! LaTeX's commands, and what stands in a line.

use unicode_normalization::UnicodeNormalization;

use super::super::text::Text;

/// Commands whose arguments are not shown, and how many they have.
pub(super) const HIDDEN: &[(&str, usize)] = &[
    ("vspace", 1),
    ("hspace", 1),
    ("color", 1),
    ("label", 1),
    ("ref", 1),
    ("cite", 1),
    ("includegraphics", 1),
    ("usepackage", 1),
    ("documentclass", 1),
    ("setlength", 2),
    ("addtolength", 2),
    ("fontsize", 2),
    ("hypersetup", 1),
    ("input", 1),
    ("include", 1),
    ("rule", 2),
    ("pagestyle", 1),
    ("thispagestyle", 1),
    ("geometry", 1),
    ("bibliography", 1),
    ("faIcon", 1),
    ("setcounter", 2),
    ("titleformat", 5),
    ("titlespacing", 4),
    ("href", 1),
    ("textcolor", 1),
    ("colorbox", 1),
    ("parbox", 1),
    ("multicolumn", 2),
    ("multirow", 2),
    ("raisebox", 1),
    ("scalebox", 1),
    ("resizebox", 2),
    ("cmidrule", 1),
    ("cline", 1),
    ("columncolor", 1),
    ("rowcolor", 1),
    ("cellcolor", 1),
    ("definecolor", 3),
    ("photo", 1),
    ("moderncvstyle", 1),
    ("moderncvcolor", 1),
    ("fontspec", 1),
    ("enlargethispage", 1),
    ("selectlanguage", 1),
    ("phantom", 1),
    ("hphantom", 1),
    ("vphantom", 1),
    ("index", 1),
    ("SetCell", 1),
    ("SetRow", 1),
    ("SetColumn", 1),
    ("rowcolors", 3),
    ("addcontentsline", 3),
    ("newcolumntype", 2),
    ("setlist", 1),
    ("columnratio", 1),
    ("photoR", 2),
    ("photoL", 2),
    ("makecvfooter", 3),
    ("AtBeginEnvironment", 2),
    ("pdfbookmark", 2),
    ("linespread", 1),
    ("tikzset", 1),
    ("lstset", 1),
    ("lhead", 1),
    ("chead", 1),
    ("rhead", 1),
    ("lfoot", 1),
    ("cfoot", 1),
    ("rfoot", 1),
    ("fancyhead", 1),
    ("fancyfoot", 1),
    ("pagenumbering", 1),
    ("markboth", 2),
    ("markright", 1),
    ("bibliographystyle", 1),
    ("nocite", 1),
    ("graphicspath", 1),
    ("renewfontfamily", 1),
];

/// Commands that change how what follows looks; the braces behind them are no arguments.
pub(super) const LOOKS: &[&str] = &[
    "emph",
    "underline",
    "uline",
    "sout",
    "small",
    "large",
    "Large",
    "LARGE",
    "huge",
    "Huge",
    "normalsize",
    "footnotesize",
    "scriptsize",
    "tiny",
    "bfseries",
    "itshape",
    "ttfamily",
    "sffamily",
    "rmfamily",
    "mbox",
    "fbox",
    "makebox",
    "framebox",
    "url",
    "nolinkurl",
    "footnote",
    "raggedright",
    "raggedleft",
    "centering",
    "noindent",
    "hfill",
    "uppercase",
    "MakeUppercase",
    "bf",
    "it",
    "tt",
    "sc",
    "em",
    "ruby",
    "kenten",
    "verb",
    "vbox",
    "hbox",
    "centerline",
    "leftline",
    "rightline",
    "item",
    "maketitle",
    "makecvtitle",
    "strong",
    "texttt",
];

/// Returns the letters of a command's name.
pub(super) fn name_of(rest: &str) -> Option<&str> {
    let len = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'@')
        .count();
    (len > 0).then(|| &rest[..len])
}

pub(super) fn section_level(name: &str) -> Option<u8> {
    Some(match name {
        "part" | "chapter" => 1,
        "section" | "cvsection" | "resumesection" => 2,
        "subsection" | "cvsubsection" => 3,
        "subsubsection" => 4,
        "paragraph" => 5,
        _ => return None,
    })
}

/// Commands that stand for a sign or a word.
const WORDS: &[(&str, &str)] = &[
    ("LaTeX", "LaTeX"),
    ("LaTeXe", "LaTeX2e"),
    ("TeX", "TeX"),
    ("rightarrow", "→"),
    ("to", "→"),
    ("Rightarrow", "→"),
    ("leftarrow", "←"),
    ("textbar", "|"),
    ("textbackslash", "\\"),
    ("textasciitilde", "~"),
    ("sim", "〜"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdot", "・"),
    ("textbullet", "・"),
    ("bullet", "・"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("times", "×"),
    ("quad", "　"),
    ("qquad", "　"),
    ("hfill", "　"),
    ("enspace", " "),
    ("textunderscore", "_"),
    ("slash", "/"),
    ("space", " "),
    ("ss", "ß"),
    ("copyright", "©"),
    ("bigcirc", "○"),
    ("circ", "○"),
    ("triangle", "△"),
    ("checkmark", "✓"),
    ("star", "★"),
];

pub(super) fn is_word(name: &str) -> bool {
    WORDS.iter().any(|(word, _)| *word == name)
}

/// Shows what stands at byte `at` in a line; returns the byte behind it.
pub(super) fn inline(text: &str, at: usize, end: usize, shown: &mut Text) -> usize {
    let rest = &text[at..end];
    match rest.as_bytes()[0] {
        b'\\' => escape(text, at, end, shown),
        b'{' | b'}' | b'$' => at + 1,
        b'~' | b'\n' | b'\r' | b'\t' => {
            shown.push_decoded(" ", at..at + 1);
            at + 1
        }
        b'-' if rest.starts_with("--") => {
            let len = rest
                .bytes()
                .take(3)
                .take_while(|byte| *byte == b'-')
                .count();
            shown.push_decoded("–", at..at + len);
            at + len
        }
        _ => {
            let len = rest
                .char_indices()
                .skip(1)
                .find(|(_, sign)| {
                    matches!(
                        sign,
                        '\\' | '{' | '}' | '$' | '~' | '\n' | '\r' | '\t' | '-' | '%' | '&' | '#'
                    )
                })
                .map_or(rest.len(), |(len, _)| len);
            shown.push(&rest[..len], at);
            at + len
        }
    }
}

/// Shows what a command stands for: a sign, a word, a letter with an accent.
fn escape(text: &str, at: usize, end: usize, shown: &mut Text) -> usize {
    let rest = &text[at + 1..end];
    if let Some(name) = name_of(rest) {
        let mut behind = at + 1 + name.len();
        if let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == name) {
            shown.push_decoded(word, at..behind);
        } else if text[behind..end].starts_with(' ') {
            behind += 1;
        }
        return behind;
    }
    let Some(sign) = rest.chars().next() else {
        return end;
    };
    let behind = at + 1 + sign.len_utf8();
    let accent = match sign {
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '"' => '\u{308}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        ' ' | '\n' | ',' | ';' | ':' | '!' | '/' | '\\' => {
            shown.push_decoded(" ", at..behind);
            return behind;
        }
        '[' | ']' | '(' | ')' | '@' | '-' => return behind,
        _ => {
            shown.push(&text[at + 1..behind], at + 1);
            return behind;
        }
    };
    let braced = text[behind..end].starts_with('{');
    let letter_at = behind + usize::from(braced);
    let Some(letter) = text[letter_at..end]
        .chars()
        .next()
        .filter(|c| c.is_alphabetic())
    else {
        return behind;
    };
    let behind = letter_at + letter.len_utf8();
    let composed: String = [letter, accent].into_iter().nfc().collect();
    shown.push_decoded(&composed, at..behind);
    behind
}
