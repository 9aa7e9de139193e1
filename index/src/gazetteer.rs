//! Places of Japan by name: what a stated place of living lies in.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::analysis::{normalized_key, romaji_key};

static BUILTIN: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::parse(include_str!("../lexicon/places.txt")));

/// Signs between places.
const SEPARATORS: [char; 10] = ['/', '、', ',', '・', '|', '(', ')', '\n', '→', ';'];

/// What may follow a name without its 都, 県 or 市 directly: 「東京在住」.
const BEHIND: [&str; 16] = [
    "在住",
    "出身",
    "近郊",
    "周辺",
    "勤務",
    "方面",
    "市内",
    "府内",
    "県内",
    "エリア",
    "圏",
    "の",
    "に",
    "で",
    "から",
    "より",
];

/// Names without their last character that are ordinary words too.
const ORDINARY: [&str; 1] = ["中央"];

/// Regions, prefectures and municipalities of Japan.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    /// By the names, whole and without the last character.
    by_name: HashMap<String, Vec<Named>>,
    /// By the key of the reading of the name without the last character.
    by_reading: HashMap<String, Vec<usize>>,
    /// Characters of the longest name.
    longest: usize,
}

#[derive(Debug)]
struct Place {
    name: String,
    /// The prefecture of a municipality or ward.
    prefecture: Option<usize>,
    /// The city of a ward.
    city: Option<usize>,
    /// The regions of a prefecture.
    regions: Vec<usize>,
    is_region: bool,
}

#[derive(Clone, Copy, Debug)]
struct Named {
    place: usize,
    /// Whether the name lacks its last character: 東京 for 東京都.
    is_bare: bool,
}

impl Gazetteer {
    /// The places of `lexicon/places.txt`.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The names of the places that `location` names and of all that they lie in, each once: 「名古屋市中区」 lies
    /// in 名古屋市, 愛知県, 東海, 中部. Empty where no place of Japan is named.
    pub fn names_in(&self, location: &str) -> Vec<String> {
        let mut names = BTreeSet::new();
        for place in self.find(location).0 {
            let place = &self.places[place];
            names.insert(place.name.clone());
            for around in [place.city, place.prefecture].into_iter().flatten() {
                let around = &self.places[around].name;
                names.insert(format!("{around}{}", place.name));
                names.insert(around.clone());
            }
            if let (Some(city), Some(prefecture)) = (place.city, place.prefecture) {
                let [city, prefecture] = [city, prefecture].map(|around| &self.places[around].name);
                names.insert(format!("{prefecture}{city}"));
            }
            let regions = place.prefecture.map_or(&place.regions, |prefecture| {
                &self.places[prefecture].regions
            });
            names.extend(
                regions
                    .iter()
                    .map(|region| self.places[*region].name.clone()),
            );
        }
        names.into_iter().collect()
    }

    /// The prefectures that `location` names or lies in, in the order of the list.
    pub fn prefectures_in(&self, location: &str) -> Vec<&str> {
        let found: BTreeSet<usize> = self
            .find(location)
            .0
            .into_iter()
            .filter_map(|place| {
                let Place {
                    prefecture,
                    is_region,
                    ..
                } = &self.places[place];
                prefecture.or((!is_region).then_some(place))
            })
            .collect();
        found
            .into_iter()
            .map(|place| self.places[place].name.as_str())
            .collect()
    }

    /// The usual names of the place that `name` is the name of, in kanji, kana or Latin letters: of several
    /// places, where it has several. Empty where it names no place, or more than a place.
    pub fn canonical(&self, name: &str) -> Vec<String> {
        let (found, is_all) = self.find(name);
        if !is_all {
            return Vec::new();
        }
        let around = |at: &usize| [self.places[*at].city, self.places[*at].prefecture];
        let inside: Vec<usize> = found.iter().flat_map(around).flatten().collect();
        let mut names: Vec<String> = Vec::new();
        for place in found.iter().copied() {
            // Of 「愛知県名古屋市」 the city tells.
            if inside.contains(&place) {
                continue;
            }
            let place = &self.places[place];
            let mut around = [place.city, place.prefecture].into_iter().flatten();
            let name = match around.find(|around| found.contains(around)) {
                Some(around) => format!("{}{}", self.places[around].name, place.name),
                None => place.name.clone(),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The places that a text names in order, and whether it names nothing else.
    fn find(&self, text: &str) -> (Vec<usize>, bool) {
        let text: String = text.nfkc().collect();
        let mut found: Vec<usize> = Vec::new();
        let mut is_all = true;
        for part in text
            .split(SEPARATORS)
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            is_all &= if part.is_ascii() || romaji_key(part).is_some() {
                self.find_spelled(part, &mut found)
            } else {
                self.find_written(part, &mut found)
            };
        }
        (found, is_all)
    }

    /// Adds the places that a part in kanji names: 「東京都渋谷区」.
    fn find_written(&self, part: &str, found: &mut Vec<usize>) -> bool {
        let mut rest = part;
        let mut is_all = true;
        while !rest.is_empty() {
            let is_whole = rest.len() == part.len();
            match self.longest_at(rest, is_whole) {
                Some((len, named)) => {
                    self.add(named.iter().map(|named| named.place), found);
                    rest = &rest[len..];
                }
                None => {
                    let next = rest.chars().next().map_or(rest.len(), char::len_utf8);
                    is_all &= rest.starts_with(char::is_whitespace);
                    rest = &rest[next..];
                }
            }
        }
        is_all
    }

    /// The longest name that `rest` begins with, and its bytes.
    fn longest_at(&self, rest: &str, is_whole: bool) -> Option<(usize, Vec<Named>)> {
        let ends: Vec<usize> = rest
            .char_indices()
            .map(|(at, letter)| at + letter.len_utf8())
            .take(self.longest)
            .collect();
        ends.into_iter().rev().find_map(|end| {
            let named = self.by_name.get(&normalized_key(&rest[..end]))?;
            let behind = &rest[end..];
            let is_short = rest[..end].chars().count() < 2;
            let kept: Vec<Named> = named
                .iter()
                .copied()
                .filter(|named| {
                    !named.is_bare
                        || behind.is_empty() && (!is_short || is_whole)
                        || !is_short && self.may_stand_before(behind)
                })
                .collect();
            (!kept.is_empty()).then_some((end, kept))
        })
    }

    /// Whether a name without its last character may end before `behind`.
    fn may_stand_before(&self, behind: &str) -> bool {
        !behind.starts_with(|next: char| next.is_alphabetic())
            || BEHIND.iter().any(|word| behind.starts_with(word))
            || self.longest_at(behind, false).is_some()
    }

    /// Adds the places that a part in kana or Latin letters names: `Shibuya-ku Tokyo`.
    fn find_spelled(&self, part: &str, found: &mut Vec<usize>) -> bool {
        let mut is_all = true;
        for word in part.split_whitespace() {
            let key = word.split_once('-').map_or(word, |(name, _)| name);
            let places = romaji_key(key).and_then(|key| self.by_reading.get(&key));
            match places {
                Some(places) => self.add(places.iter().copied(), found),
                None => {
                    let word = word.to_lowercase();
                    is_all &= ["japan", "city", "prefecture"].contains(&word.as_str());
                }
            }
        }
        is_all
    }

    /// Adds those of `places` that lie in what was found before; all, where none does and nothing was.
    fn add(&self, places: impl Iterator<Item = usize> + Clone, found: &mut Vec<usize>) {
        let within = |place: usize| self.places[place].prefecture.or(Some(place));
        let known: Vec<usize> = found.iter().filter_map(|place| within(*place)).collect();
        let inside: Vec<usize> = places
            .clone()
            .filter(|place| {
                self.places[*place]
                    .prefecture
                    .is_some_and(|prefecture| known.contains(&prefecture))
            })
            .collect();
        let is_ward = |place: usize| self.places[place].name.ends_with('区');
        let chosen: Vec<usize> = if inside.is_empty() {
            // 「札幌市中央区」: the wards of other cities are not on the list.
            places
                .filter(|place| known.is_empty() || !is_ward(*place))
                .collect()
        } else {
            inside
        };
        for place in chosen {
            if !found.contains(&place) {
                found.push(place);
            }
        }
    }

    /// Reads `lexicon/places.txt`, the form of which its head tells.
    fn parse(data: &str) -> Self {
        let mut gazetteer = Self::default();
        let mut regions: Vec<(usize, Vec<&str>)> = Vec::new();
        for line in data
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let Some((head, list)) = line.split_once(" | ") else {
                continue;
            };
            match head
                .split_once(' ')
                .filter(|(name, _)| !name.ends_with(','))
            {
                None if gazetteer.by_name.contains_key(&normalized_key(head)) => {
                    gazetteer.push_wards(head, list);
                }
                None | Some((_, "")) => {
                    let mut names = head.split(", ");
                    let place = gazetteer.push(names.next().unwrap_or(head), None, None);
                    gazetteer.places[place].is_region = true;
                    for name in names {
                        gazetteer.name(name, place, false);
                    }
                    regions.push((place, list.split(", ").collect()));
                }
                Some((name, rest)) => {
                    let prefecture = gazetteer.push(name, None, None);
                    let mut rest = rest.split(' ');
                    let reading = rest.next().unwrap_or_default();
                    rest.for_each(|name| gazetteer.name(name, prefecture, false));
                    gazetteer.places[prefecture].regions = regions
                        .iter()
                        .filter(|(_, members)| members.contains(&name))
                        .map(|(region, _)| *region)
                        .collect();
                    gazetteer.read_as(reading, prefecture);
                    gazetteer.name_bare(name, prefecture);
                    for (name, reading) in list.split(", ").filter_map(|one| one.split_once(' ')) {
                        let place = gazetteer.push(name, Some(prefecture), None);
                        if name.ends_with(['市', '区']) {
                            gazetteer.read_as(reading, place);
                            gazetteer.name_bare(name, place);
                        }
                    }
                }
            }
        }
        gazetteer
    }

    /// Adds the wards of a city, which was read before.
    fn push_wards(&mut self, city: &str, wards: &str) {
        let cities = self
            .by_name
            .get(&normalized_key(city))
            .into_iter()
            .flatten();
        let Some(city) = cities.map(|named| named.place).next() else {
            return;
        };
        let prefecture = self.places[city].prefecture;
        for ward in wards.split(", ") {
            let (name, reading) = ward.split_once(' ').unwrap_or((ward, ""));
            let place = self.push(name, prefecture, Some(city));
            if !reading.is_empty() {
                self.read_as(reading, place);
                self.name_bare(name, place);
            }
        }
    }

    fn push(&mut self, name: &str, prefecture: Option<usize>, city: Option<usize>) -> usize {
        let place = self.places.len();
        self.places.push(Place {
            name: name.to_owned(),
            prefecture,
            city,
            regions: Vec::new(),
            is_region: false,
        });
        self.name(name, place, false);
        place
    }

    fn name(&mut self, name: &str, place: usize, is_bare: bool) {
        self.longest = self.longest.max(name.chars().count());
        let named = self.by_name.entry(normalized_key(name)).or_default();
        // A prefecture and its city of the same name: 大阪 is the prefecture.
        if !(is_bare
            && named
                .iter()
                .any(|other| self.places[other.place].prefecture.is_none()))
        {
            named.push(Named { place, is_bare });
        }
    }

    fn name_bare(&mut self, name: &str, place: usize) {
        let bare: String = {
            let mut letters = name.chars();
            letters.next_back();
            letters.collect()
        };
        if name != "北海道" && !ORDINARY.contains(&bare.as_str()) {
            self.name(&bare, place, true);
        }
    }

    fn read_as(&mut self, reading: &str, place: usize) {
        if let Some(key) = romaji_key(reading) {
            let places = self.by_reading.entry(key).or_default();
            if !places
                .iter()
                .any(|other| self.places[*other].prefecture.is_none())
            {
                places.push(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_names(location: &str, expected: &[&str]) {
        let names = Gazetteer::builtin().names_in(location);
        let mut expected: Vec<&str> = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(names, expected, "{location}");
    }

    #[test]
    fn a_location_lies_in_its_prefecture_and_regions() {
        check_names(
            "東京都渋谷区",
            &["渋谷区", "東京都渋谷区", "東京都", "関東", "首都圏"],
        );
        check_names(
            "名古屋市中区",
            &["名古屋市", "愛知県名古屋市", "愛知県", "東海", "中部"],
        );
        check_names("京都", &["京都府", "関西"]);
        check_names("札幌市中央区", &["札幌市", "北海道札幌市", "北海道"]);
        let urawa = [
            "浦和区",
            "さいたま市浦和区",
            "埼玉県浦和区",
            "さいたま市",
            "埼玉県さいたま市",
            "埼玉県",
            "関東",
            "首都圏",
        ];
        check_names("浦和", &urawa);
        check_names("埼玉県さいたま市浦和区", &urawa);
        check_names("浦和在住", &urawa);
        check_names(
            "横浜市青葉区",
            &Gazetteer::builtin()
                .names_in("横浜市")
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        );
        check_names("関西圏", &["関西"]);
        check_names(
            "広島県府中市",
            &["府中市", "広島県府中市", "広島県", "中国地方"],
        );
        check_names("大阪在住（リモート可）", &["大阪府", "関西"]);
        check_names("リモート", &[]);
        check_names("", &[]);
    }

    #[test]
    fn latin_and_kana_names_are_places() {
        check_names("Tokyo, Japan", &["東京都", "関東", "首都圏"]);
        check_names(
            "Yokohama",
            &["横浜市", "神奈川県横浜市", "神奈川県", "関東", "首都圏"],
        );
        check_names("とうきょう", &["東京都", "関東", "首都圏"]);
        check_names("ＴＯＫＹＯ", &["東京都", "関東", "首都圏"]);
        check_names("London", &[]);
    }

    #[test]
    fn names_inside_other_names_are_no_places() {
        check_names("東京タワー", &[]);
        check_names("津々浦々", &[]);
        check_names("港湾", &[]);
    }

    #[test]
    fn a_name_has_a_usual_form() {
        for (name, expected) in [
            ("東京", vec!["東京都"]),
            ("Tokyo", vec!["東京都"]),
            ("近畿", vec!["関西"]),
            ("渋谷", vec!["渋谷区"]),
            ("愛知県名古屋市", vec!["愛知県名古屋市"]),
            ("府中", vec!["府中市"]),
            ("博多", vec!["博多区"]),
            ("福岡市博多区", vec!["福岡市博多区"]),
            ("福岡県博多区", vec!["福岡県博多区"]),
            ("大正", vec![]),
            ("千代田区九段下", vec![]),
            ("リモート", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(Gazetteer::builtin().canonical(name), expected, "{name}");
        }
    }

    #[test]
    fn prefectures_are_told() {
        let prefectures = |text| Gazetteer::builtin().prefectures_in(text);
        assert_eq!(prefectures("札幌"), ["北海道"]);
        assert_eq!(prefectures("大阪 / Tokyo"), ["東京都", "大阪府"]);
        assert!(prefectures("関東").is_empty());
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let gazetteer = Gazetteer::builtin();
        let municipalities = gazetteer
            .places
            .iter()
            .filter(|place| place.prefecture.is_some() && place.city.is_none());
        assert_eq!(municipalities.count(), 1741);
        let wards = gazetteer.places.iter().filter(|place| place.city.is_some());
        assert_eq!(wards.count(), 100);
        let regions = gazetteer.places.iter().filter(|place| place.is_region);
        assert_eq!(regions.count(), 11);
        assert_eq!(gazetteer.places.len(), 1741 + 47 + 11 + 100);
    }
}
