//! A term to its pieces: where names, amounts and words that say something begin and end.

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::{Lexicon, MatchKind, NameAt, has_legal_form};
use shokureki_index::words;

use super::super::request::Tenure;
use super::super::syntax::Term;
use super::compound::{is_only_an_ending, is_script_border};
use super::grades;
use super::pieces::{Kind, Piece, is_kind_of_work, is_name, is_trade};
use super::place;
use super::predicate;
use super::time::{self, Amount};
use super::vocabulary::{self, Sense};

/// Shortest unknown name behind 元 or 現職, in characters: 元号 and 元帳 are words.
const UNKNOWN_NAME_MIN_CHARS: usize = 3;

/// Legal forms of companies, as normalized text has them.
const LEGAL_FORMS: &WordList = words!["株式会社", "(株)", "有限会社", "(有)", "合同会社"];

/// Particles behind the name of a company.
const COMPANY_PARTICLES: &[&str] = &["での", "では", "で", "の", "に", "を", "は", "が", "と"];

/// Cuts the terms of a run.
pub(super) struct Cutter<'l, 't> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) text: &'t str,
    pub(super) ends: Vec<usize>,
    /// Places from which the rest of the term is known not to be all pieces.
    pub(super) failed: Vec<bool>,
}

impl<'l, 't> Cutter<'l, 't> {
    /// Of normalized `text`, whose terms end at `ends`.
    pub(super) fn new(lexicon: &'l Lexicon, text: &'t str, ends: Vec<usize>) -> Self {
        Self {
            lexicon,
            text,
            ends,
            failed: vec![false; text.len() + 1],
        }
    }

    /// Where the terms end.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// The next term at or behind `at`: its begin and end.
    pub(super) fn term_at(&self, at: usize) -> Option<(usize, usize)> {
        let rest = &self.text[at..];
        let start = at + rest.len() - rest.trim_start().len();
        let end = self.end_of_term(start)?;
        Some((start, end))
    }

    /// The end of the term that holds the byte `at`.
    fn end_of_term(&self, at: usize) -> Option<usize> {
        self.ends.iter().copied().find(|&end| end > at)
    }

    /// Whether the whole term of this number is a technology's name, its version included.
    pub(super) fn is_name(&self, term: &Term, number: usize) -> bool {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let start = self.term_at(start).map_or(start, |(start, _)| start);
        let goes_on = self.lexicon.name_at(self.text, start);
        let goes_on = goes_on.is_some_and(|name| name.end > self.ends[number]);
        let has_remark = term.text.contains(['(', '（']);
        let resolved = self.lexicon.resolve(&term.text);
        !goes_on && !has_remark && resolved.is_some_and(|resolved| resolved.via == MatchKind::Exact)
    }

    pub(super) fn term(&mut self, start: usize, end: usize, pieces: &mut Vec<Piece<'l>>) {
        if self.clauses(start, end, pieces) {
            return;
        }
        let name_before = pieces.last().is_some_and(|piece| is_name(&piece.kind));
        if let Some(found) = self.all_pieces(start, name_before)
            && !is_kind_of_work(&found)
            && !is_trade(&self.text[start..end], &found)
        {
            pieces.extend(found);
            return;
        }
        if self.dots(start, end, pieces) || self.examples(start, end, pieces) {
            return;
        }
        if let Some((border, length, kind)) = self.between_words(start, end) {
            self.cut_at(start, end, border, length, kind, pieces);
            return;
        }
        // 現在フリーランスの方
        if words!["現在", "前職"].begin(&self.text[start..end])
            && let Some(found) = self.employer_before(start, end)
        {
            pieces.extend(found);
            return;
        }
        if let Some(found) = self.word_and_pieces(start, end) {
            pieces.extend(found);
            return;
        }
        if let Some(found) = self.employer_before(start, end) {
            pieces.extend(found);
            return;
        }
        if let Some(bare) = self.before_trailing_particle(start, end) {
            let kind = self.word(start, bare);
            let word = Piece {
                kind,
                range: start..bare,
            };
            let particle = Piece {
                kind: Kind::Sense(Sense::Glue),
                range: bare..end,
            };
            pieces.extend([word, particle]);
            return;
        }
        let kind = self.word(start, end);
        pieces.push(Piece {
            kind,
            range: start..end,
        });
    }

    /// フリーランスの Rails, 有限会社架空で: where the particle begins that an unknown word before another
    /// term ends in, or a company's name.
    fn before_trailing_particle(&self, start: usize, end: usize) -> Option<usize> {
        let text = &self.text[start..end];
        let is_hiragana = |letter: char| ('ぁ'..='ゖ').contains(&letter);
        let is_word = |bare: &&str| bare.chars().nth(1).is_some() && !bare.ends_with(is_hiragana);
        let company = || {
            let cut = |particle: &&str| {
                let bare = text.strip_suffix(particle)?;
                let is_sure = particle.chars().nth(1).is_some();
                ((is_sure || is_word(&bare)) && has_legal_form(bare)).then_some(bare)
            };
            COMPANY_PARTICLES.iter().find_map(cut)
        };
        let word = || text.strip_suffix('の').filter(is_word);
        let bare = match company() {
            Some(bare) => bare,
            None => word().filter(|_| self.term_at(end).is_some())?,
        };
        Some(start + bare.len())
    }

    /// Cuts all of a term from `at` on into names, amounts and known words; behind a name and a
    /// particle, the rest may be an unknown word.
    fn all_pieces(&mut self, at: usize, name_before: bool) -> Option<Vec<Piece<'l>>> {
        if self.failed[at] {
            return None;
        }
        for piece in self.options(at) {
            let next = piece.range.end;
            if next == 0 || next <= at {
                continue;
            }
            let is_last = self.ends.contains(&next);
            if is_last {
                return Some(vec![piece]);
            }
            let has_name = name_before || is_name(&piece.kind);
            let joins = matches!(
                piece.kind,
                Kind::Sense(
                    Sense::Glue
                        | Sense::At
                        | Sense::And
                        | Sense::Or
                        | Sense::Except
                        | Sense::Denied
                        | Sense::Welcome
                        | Sense::Needless
                )
            );
            if let Some(rest) = self.all_pieces(next, has_name) {
                return Some([vec![piece], rest].concat());
            }
            if has_name && joins {
                let end = self.end_of_term(next)?;
                let rest = self.word_and_pieces(next, end).unwrap_or_else(|| {
                    let kind = if is_only_an_ending(&self.text[next..end]) {
                        Kind::Sense(Sense::Generic)
                    } else {
                        Kind::Word
                    };
                    vec![Piece {
                        kind,
                        range: next..end,
                    }]
                });
                return Some([vec![piece], rest].concat());
            }
        }
        self.failed[at] = true;
        None
    }

    /// What may begin at `at`, the best first.
    fn options(&self, at: usize) -> Vec<Piece<'l>> {
        let rest = &self.text[at..];
        let piece = |kind: Kind<'l>, end: usize| Piece {
            kind,
            range: at..end,
        };
        let mut options: Vec<Piece<'l>> = Vec::new();
        if vocabulary::is_inside_latin(self.text, at)
            && !rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return options;
        }
        if let Some((names, end)) = grades::certificates_at(self.lexicon, self.text, at) {
            options.push(piece(Kind::Certificates(names), end));
        }
        if let Some((amount, length)) = time::amount(rest) {
            options.push(piece(Kind::Amount(amount), at + length));
        }
        if self.is_behind_certificate(at)
            && let Some((amount, length)) = time::score(rest)
        {
            options.push(piece(Kind::Amount(amount), at + length));
        }
        if let Some(length) = vocabulary::article_at(self.text, at) {
            options.push(piece(Kind::Sense(Sense::Generic), at + length));
        }
        if let Some(sign) = rest.chars().next().filter(|&sign| is_ornament(sign)) {
            options.push(piece(Kind::Sense(Sense::Glue), at + sign.len_utf8()));
        }
        let words = vocabulary::words_at(rest);
        let longest_word = words.first().map_or(0, |(length, _)| *length);
        let words = words
            .into_iter()
            .map(|(length, sense)| piece(Kind::Sense(sense), at + length));
        let done = predicate::length_at(rest).map(|length| (length, Sense::Generic));
        let was = predicate::tenure_at(rest).map(|length| (length, Sense::Tenure(Tenure::Any)));
        let predicate = done.or(was).filter(|(length, _)| *length > longest_word);
        let predicate = predicate.map(|(length, sense)| piece(Kind::Sense(sense), at + length));
        let words = predicate.into_iter().chain(words);
        let name = self.name_at(at);
        let has_name = name.is_some();
        match name {
            Some(name) => {
                let language = ["プログラミング言語", "言語"]
                    .iter()
                    .find(|word| self.text[name.end..].starts_with(**word));
                let end = name.end + language.map_or(0, |word| word.len());
                let name = piece(Kind::Name(name), end);
                if name.range.len() >= longest_word {
                    options.push(name);
                    options.extend(words);
                } else {
                    options.extend(words);
                    options.push(name);
                }
            }
            None => options.extend(words),
        }
        if let Some(end) = self.role_at(at) {
            let role = piece(Kind::Word, end);
            // iOSエンジニア asks for iOS, whatever the person is called.
            if role.range.len() >= longest_word && !has_name {
                options.insert(0, role);
            } else {
                options.push(role);
            }
        }
        options
    }

    /// The end of a role's name that begins a term at `at`, or stands behind a sign or particle: PM/PL,
    /// フリーランスの組込みエンジニア.
    fn role_at(&self, at: usize) -> Option<usize> {
        let before = self.text[..at].chars().next_back();
        let is_begin = before.is_none_or(|before| {
            !before.is_alphanumeric()
                || matches!(before, 'の' | 'と' | 'や' | 'な' | '兼' | 'る' | 'た')
        });
        self.lexicon.role_at(self.text, at).filter(|_| is_begin)
    }

    /// The name at `at`, with a legal form behind it if it is a company's: LINE株式会社 is no technology.
    fn name_at(&self, at: usize) -> Option<NameAt<'l>> {
        let mut name = self.lexicon.name_at(self.text, at)?;
        let form = LEGAL_FORMS.first_of(&self.text[name.end..]);
        if let Some(form) = form.filter(|_| name.company.is_some()) {
            name.end += form.len();
            name.technology = None;
            name.certificate = None;
        }
        Some(name)
    }

    /// Whether the text before `at` ends in a certificate's name: a number there is a score.
    fn is_behind_certificate(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end();
        let starts = before.char_indices().rev().map(|(start, _)| start).take(24);
        starts
            .filter(|&start| !vocabulary::is_inside_latin(before, start))
            .any(|start| self.lexicon.certificate_named(&before[start..]).is_some())
    }

    /// An unknown word and what is known behind it: アプリ開発 and 経験, くぬぎソフト and 在籍.
    fn word_and_pieces(&mut self, start: usize, end: usize) -> Option<Vec<Piece<'l>>> {
        // 有限会社Cで: a name goes on behind its legal form.
        let form = LEGAL_FORMS.first_of(&self.text[start..end]);
        let first = start + form.map_or(0, str::len);
        let borders: Vec<usize> = self.text[start..end]
            .char_indices()
            .skip(1)
            .map(|(at, _)| start + at)
            .filter(|&border| form.is_none() || border > first)
            .collect();
        for border in borders {
            let Some(pieces) = self.all_pieces(border, false) else {
                continue;
            };
            let word = &self.text[start..border];
            if let Some(role) = self.role(start, &pieces[0]) {
                return Some([vec![role], pieces[1..].to_vec()].concat());
            }
            if pieces
                .first()
                .is_some_and(|first| self.may_follow(word, first, &pieces))
            {
                let word = Piece {
                    kind: self.word(start, border),
                    range: start..border,
                };
                return Some([vec![word], pieces].concat());
            }
        }
        None
    }

    /// データエンジニア: an unknown word and a generic one that are a role together.
    fn role(&self, start: usize, behind: &Piece<'l>) -> Option<Piece<'l>> {
        let range = start..behind.range.end;
        let is_generic = matches!(behind.kind, Kind::Sense(Sense::Generic));
        let is_role = is_generic && self.lexicon.role_named(&self.text[range.clone()]).is_some();
        is_role.then_some(Piece {
            kind: Kind::Word,
            range,
        })
    }

    /// Whether `first` may be cut off behind an unknown word.
    fn may_follow(&self, word: &str, first: &Piece<'l>, all: &[Piece<'l>]) -> bool {
        let behind = &self.text[first.range.clone()];
        let is_single = behind.chars().nth(1).is_none();
        let is_one_letter = word.chars().nth(1).is_none();
        match &first.kind {
            _ if is_one_letter => false,
            // 出版社にいた: a name's last letter is no word.
            _ if behind.starts_with('社') && place::is_kind_of_employer(&format!("{word}社")) => {
                false
            }
            Kind::Amount(Amount::Score(_)) => true,
            // サーバー1000台, but neither EC2 nor Python3.
            Kind::Amount(Amount::Untold) if !behind.starts_with("月間") => {
                !word.ends_with(|letter: char| letter.is_ascii_alphanumeric())
            }
            Kind::Amount(_) => is_script_border(word, behind),
            Kind::Name(_) | Kind::Certificates(_) => false,
            Kind::Word | Kind::Compound(_) => false,
            Kind::Sense(sense) => match sense {
                Sense::Generic | Sense::Work => !is_single,
                Sense::Tenure(_) => {
                    (!is_single || place::is_school(word)) && !place::is_employed_as(word, behind)
                }
                Sense::Residence | Sense::Grade(_) | Sense::Except | Sense::Refused => !is_single,
                Sense::Denied | Sense::Welcome | Sense::Needless => !is_single,
                Sense::Group => self.begins_company(word),
                // データ分析), くぬぎソフト時代.
                Sense::Glue if all.len() == 1 => matches!(behind, ")" | "]"),
                Sense::At if all.len() == 1 && behind.starts_with("時代") => true,
                Sense::Glue | Sense::At => matches!(
                    all.get(1).map(|piece| &piece.kind),
                    // 医療系で and Java, くぬぎソフトで and Erlang, フリーランスの and SRE.
                    Some(
                        Kind::Amount(_)
                            | Kind::Name(_)
                            | Kind::Word
                            | Kind::Sense(Sense::Generic | Sense::Tenure(_))
                    )
                ),
                Sense::Activity
                | Sense::And
                | Sense::Or
                | Sense::TenureOf(_)
                | Sense::School(_)
                | Sense::Certificate
                | Sense::Untold
                | Sense::Subject => false,
            },
        }
    }

    /// Whether employers' names may begin with `word`: the front of a well-known one, or Latin
    /// letters that are no kind of work.
    fn begins_company(&self, word: &str) -> bool {
        if self.lexicon.company(word).is_some() {
            return true;
        }
        let is_latin = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_latin && word.len() > 1 && !vocabulary::is_genre(word)
    }

    /// 元くぬぎソフト: a word for an employer and an unknown name.
    fn employer_before(&mut self, start: usize, end: usize) -> Option<Vec<Piece<'l>>> {
        let text = self.text;
        let before = vocabulary::words_at(&text[start..end]);
        let (length, sense) = before
            .into_iter()
            .find(|(_, sense)| matches!(sense, Sense::TenureOf(_)))?;
        let name = start + length;
        let is_name = |name: &str| {
            let mut letters = name.chars();
            let is_katakana = |letter: char| matches!(letter, 'ァ'..='ヺ' | 'ー');
            let first = letters.next();
            has_legal_form(name)
                || (first.is_some_and(|first| is_katakana(first) || first.is_ascii_alphanumeric())
                    && name.chars().count() >= UNKNOWN_NAME_MIN_CHARS)
                || place::is_kind_of_employer(name)
        };
        if !is_name(&text[name..end]) {
            return None;
        }
        let rest = self.word_and_pieces(name, end).unwrap_or_else(|| {
            vec![Piece {
                kind: Kind::Word,
                range: name..end,
            }]
        });
        let before = Piece {
            kind: Kind::Sense(sense),
            range: start..name,
        };
        Some([vec![before], rest].concat())
    }
}

/// Whether a sign only adorns: 🙏, ✨, ❗.
fn is_ornament(sign: char) -> bool {
    matches!(sign, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{200D}')
}
