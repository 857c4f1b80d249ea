//! Keys on words of scripts that put no blanks between them.

use tandai::session::Message;
use tandai::text::Offset;

use super::{Person, check};

#[test]
fn a_label_key_tags_the_word_under_the_caret() {
    check("朝鲜否|认向俄罗斯出售武器。", "3", "朝鲜[*denial:否|认]向俄罗斯出售武器。");
    check("ว่า|เกาหลีเหนือปฏิเสธ", "2", "ว่า[*source:|เกาหลีเหนือ]ปฏิเสธ");
}

#[test]
fn the_caret_the_selection_and_edges_go_by_words() {
    check("|朝鲜否认向俄罗斯。", "Ctrl+Right Ctrl+Right", "朝鲜否认|向俄罗斯。");
    check("|朝鲜否认向俄罗斯。", "Ctrl+Shift+Right Ctrl+Shift+Right", "<朝鲜否认|>向俄罗斯。");
    check("[*source:朝鲜]|否认向俄罗斯。", "}", "[*source:朝鲜否认]|向俄罗斯。");
    check("朝|鲜否认。", "E", "<朝鲜>否认。");
}

#[test]
fn hints_stand_on_words() {
    check("|朝鲜否认向俄罗斯出售武器。", "F D", "朝鲜否认|向俄罗斯出售武器。");
}

#[test]
fn a_double_click_takes_the_word_and_a_drag_what_was_drawn() {
    let mut person = Person::reading("朝鲜否认|向俄罗斯。");
    person.tell(Message::SelectWord(Offset::new(6)));
    person.check("朝鲜否认向<俄罗斯>。");
    person.tell(Message::Drag { anchor: Offset::new(1), head: Offset::new(3), snap: true });
    person.check("朝<鲜否>认向俄罗斯。");
    person.tell(Message::SelectWord(Offset::new(8)));
    person.check("朝鲜否认向俄罗斯<。>");
}
