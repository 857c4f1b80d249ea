//! Words of scripts that put no blanks between them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::text::{
    Direction, Offset, Stop, Text, Unit, expand, next_grapheme, previous_grapheme, snap_to_words,
    step, word_at, words_within,
};

use crate::hostile;

fn words(content: &str) -> Vec<String> {
    let text = Text::new(content);
    let words = words_within(&text, &(Offset::ZERO..text.end()));
    words.iter().map(|word| text.slice(word.range()).to_owned()).collect()
}

/// Checks the words of a sentence in which they are set apart by `|`.
#[track_caller]
fn check_words(sentence: &str) {
    let plain = sentence.replace('|', "");
    let expected: Vec<&str> = sentence.trim_end_matches(['.', '。']).split(['|', ' ']).collect();
    assert_eq!(words(&plain), expected);
}

#[test]
fn words_are_those_of_a_dictionary() {
    check_words("朝鲜|否认|向|俄罗斯|出售|武器。");
    check_words("北朝鮮|は|ロシア|へ|の|武器|供与|を|否定|した。");
    check_words("เกาหลีเหนือ|ปฏิเสธ|ว่า|ไม่|ได้|ส่ง|อาวุธ|ให้|รัสเซีย");
    check_words("ເກົາຫຼີ|ເໜືອ|ປະຕິເສດ|ການ|ສົ່ງ|ອາວຸດ|ໃຫ້");
    check_words("កូរ៉េខាងជើង|បដិសេធ|ថា|មិនបាន|លក់|អាវុធ|ឱ្យ|រុស្ស៊ី");
    check_words("လက်နက်|ရောင်းချ|ခြင်း|ကို ငြင်း|ဆို|ခဲ့|သည်");
}

#[test]
fn words_of_other_scripts_in_the_same_line_are_as_ever() {
    check_words("KCNA melaporkan 朝鲜|武器 can't naïve 27.5");
    check_words("ไม่|ได้ KCNA|ส่ง|อาวุธ");
}

#[test]
fn a_person_s_own_edges_do_not_follow_the_dictionary() {
    let text = Text::new("朝鲜否认向俄罗斯出售武器。");
    let (one, four) = (Offset::new(1), Offset::new(4));
    assert_eq!(text.slice(expand(&text, &(one..one))), "朝鲜");
    assert_eq!(text.slice(snap_to_words(&text, one..four)), "鲜否认");
}

/// Texts of whole and broken words of such scripts among all others.
fn text() -> impl Strategy<Value = Text> {
    let own = [
        "朝鲜",
        "金正恩",
        "北朝鮮",
        "は",
        "ロシア",
        "カ",
        "へ",
        "々",
        "เกาหลี",
        "ปฏิเสธ",
        "ำ",
        "ั",
        "เ",
        "ເກົາຫຼີ",
        "ຣັ",
        "កូរ៉េ",
        "្ស",
        "လက်",
        "း",
        "\u{200b}",
        "\u{e0100}",
        "ノ\u{3099}",
    ];
    let own = select(own.to_vec()).prop_map(str::to_owned);
    // Of halves of flags with marks between them, UAX #29 makes words inside characters.
    let is_half_flag = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
    let others = hostile::text().prop_map(move |text| text.as_str().replace(is_half_flag, ""));
    vec(prop_oneof![6 => own, 1 => others], 1..12).prop_map(|parts| Text::new(parts.concat()))
}

proptest! {
    #[test]
    fn no_word_begins_or_ends_inside_a_character(text in text()) {
        let mut last = Offset::ZERO;
        for word in words_within(&text, &(Offset::ZERO..text.end())) {
            prop_assert!(word.start() >= last, "{word:?} overlaps the one before");
            last = word.end();
            for edge in [word.start(), word.end()] {
                let before = previous_grapheme(&text, edge);
                let is_edge = edge == Offset::ZERO || next_grapheme(&text, before) == edge;
                prop_assert!(is_edge, "{:?}", text.slice(word.range()));
            }
            prop_assert_eq!(word_at(&text, word.start()), Some(word));
        }
    }

    #[test]
    fn a_caret_comes_to_each_word(text in text()) {
        let words = words_within(&text, &(Offset::ZERO..text.end()));
        let mut at = Offset::ZERO;
        for word in words.iter().filter(|word| word.start() > Offset::ZERO) {
            at = step(&text, at, Unit::Word, Direction::On, Stop::Start);
            prop_assert_eq!(at, word.start());
        }
    }
}
