//! Questions about characters that ask the tables of Unicode only where a text is not what most are.

/// Returns whether a character is a letter of Japanese: kana, kanji and the long mark.
fn is_japanese(character: char) -> bool {
    matches!(
        character,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー' | '\u{4E00}'..='\u{9FFF}'
    )
}

/// Returns whether a character is a letter.
pub(super) fn is_alphabetic(character: char) -> bool {
    is_japanese(character) || character.is_alphabetic()
}

/// Returns whether a character is a number.
pub(super) fn is_numeric(character: char) -> bool {
    !is_japanese(character) && character.is_numeric()
}

/// Returns whether a character is a letter or a number.
pub(super) fn is_alphanumeric(character: char) -> bool {
    is_japanese(character) || character.is_alphanumeric()
}

/// Appends a character in lower case.
pub(super) fn push_lower(text: &mut String, character: char) {
    if character.is_ascii() || is_japanese(character) {
        text.push(character.to_ascii_lowercase());
    } else {
        text.extend(character.to_lowercase());
    }
}

/// Returns the letters and numbers of a text in lower case.
pub(super) fn compact(text: impl Iterator<Item = char>) -> String {
    let mut compact = String::new();
    for character in text.filter(|character| is_alphanumeric(*character)) {
        push_lower(&mut compact, character);
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_leads_to_the_same_answer() {
        for character in (0..=0x3_FFFF).filter_map(char::from_u32) {
            assert_eq!(is_alphabetic(character), character.is_alphabetic());
            assert_eq!(is_numeric(character), character.is_numeric());
            assert_eq!(is_alphanumeric(character), character.is_alphanumeric());
            let mut lower = String::new();
            push_lower(&mut lower, character);
            assert!(lower.chars().eq(character.to_lowercase()), "{character}");
        }
    }
}
