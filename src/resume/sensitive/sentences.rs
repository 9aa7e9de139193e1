//! Sentences by which somebody tells of matters that must not be collected.
//!
//! A sentence tells of the person by what it says of them (「仏教徒です」, 「持病があり」), hardly ever by the
//! matter alone, which may be what was worked on: 「仏教徒向けアプリ」, 「通院記録システム」.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use shokureki_index::analysis::WordList;
use shokureki_index::words;

use super::Matter;
use super::needed::NeededWords;

/// A passage of a text that tells of a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) matter: Matter,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
}

/// Parts that the patterns are put together of.
const PARTS: &[(&str, &str)] = &[
    ("{n}", "[0-9０-９一二三四五六七八九十両]+"),
    (
        "{kin}",
        r"(?:(?:^|[^\p{Han}])[妻夫父母兄姉弟妹]|子ども|子供|こども|息子|娘|長男|長女|次男|次女|三男|三女|配偶者|両親|祖父母|祖父|祖母|義父|義母|主人|家内)",
    ),
    (
        "{place}",
        r"(?:北海道|東京|大阪|京都|神奈川|沖縄|福岡|名古屋|[\p{Han}ヶケ]{1,6}[県都府市町村島郡区]|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|佐賀|長崎|熊本|大分|宮崎|鹿児島|札幌|仙台|横浜|神戸|{country})",
    ),
    (
        "{country}",
        "(?:日本|中国|韓国|北朝鮮|朝鮮|台湾|香港|モンゴル|ベトナム|フィリピン|インドネシア|インド|ネパール|タイ|ミャンマー|スリランカ|バングラデシュ|パキスタン|マレーシア|シンガポール|アメリカ|米国|カナダ|ブラジル|ペルー|イギリス|英国|フランス|ドイツ|イタリア|スペイン|ロシア|ウクライナ|トルコ|イラン|エジプト|ナイジェリア|オーストラリア)",
    ),
    (
        "{believer}",
        r"(?:キリスト教徒?|仏教徒|イスラム教徒?|イスラーム教徒|ヒンド[ウゥ]ー教徒|ユダヤ教徒|神道|クリスチャン|ムスリム|カトリック(?:の?信者|教徒)?|プロテスタント|モルモン教徒?|無宗教|無神論者|(?:創価学会|立正佼成会|天理教|幸福の科学|エホバの証人|真如苑|浄土真宗|浄土宗|曹洞宗|日蓮宗|真言宗|天台宗|臨済宗)(?:の?(?:信者|信徒|門徒|学?会員|檀家))?|(?:[\p{Han}ァ-ヶー]{1,8}教の)?(?:信者|信徒|氏子|檀家))",
    ),
    (
        "{party}",
        "(?:自民党|自由民主党|公明党|立憲民主党|民主党|共産党|日本維新の会|維新の会|国民民主党|れいわ新選組|社民党|社会民主党|参政党|日本保守党|共和党|労働党)",
    ),
    (
        "{union}",
        r"(?:労働組合|労組|ユニオン|(?:従業員|社員|職員|教職員)組合|(?:^|[^\p{Han}])組合|日教組|自治労)",
    ),
    (
        "{disease}",
        r"(?:[うウ]つ病|鬱病|うつ状態|適応障害|双極性障害|躁うつ病|統合失調症|パニック障害|不安障害|強迫性障害|睡眠障害|不眠症|自律神経失調症|発達障害|学習障害|ADHD|ASD|自閉症(?:スペクトラム)?|アスペルガー(?:症候群)?|てんかん|糖尿病|(?:^|[^\p{Hiragana}])がん|癌|白血病|悪性リンパ腫|心臓病|心疾患|心筋梗塞|脳梗塞|腎臓病|腎不全|肝炎|肺炎|結核|喘息|アトピー(?:性皮膚炎)?|高血圧|椎間板ヘルニア|ヘルニア|腰痛|メニエール病|クローン病|潰瘍性大腸炎|リウマチ|膠原病|難病|HIV|緑内障|白内障|甲状腺(?:疾患|の病気)|バセドウ病|突発性難聴|[\p{Han}]{1,6}症候群)",
    ),
    (
        "{impairment}",
        "(?:身体|聴覚|視覚|内部|精神|知的|発達|学習|上肢|下肢|肢体不自由|体幹|言語|平衡|免疫|心臓|腎臓|呼吸器)(?:機能)?(?:の)?障(?:害|がい|碍)",
    ),
];

/// What tells of a matter. Where a pattern has a group, the group alone is what tells; the rest says that
/// it does.
const PATTERNS: &[(Matter, &str)] = &[
    (
        Matter::Origin,
        r"(?:本籍地?|出生地)(?:は|が)[^。]{1,24}?(?:です|にあ|に置|だ。|。|$)",
    ),
    (Matter::Origin, "生まれも育ちも|で生まれ育"),
    (
        Matter::Origin,
        r"{place}の?(?:出身|生まれ)(?:です|で、|であ|の(?:エンジニア|プログラマ|SE|ディレクター|{n}歳)|。|、|$|／|/)",
    ),
    (Matter::Origin, r"{place}(?:に|で)生まれ(?:、|まし|た。|育)"),
    (
        Matter::Nationality,
        r"国籍は[^。]{1,16}?(?:です|であ|だ。|で、|。|$)",
    ),
    (
        Matter::Nationality,
        r"{country}国?籍(?:です|で、|であ|を(?:取得|持|有)|(?:の)?ですが)",
    ),
    (
        Matter::Nationality,
        r"{country}人(?:です|として生|の(?:父|母|両親))|在日(?:韓国|朝鮮|{n}世)|帰化(?:し|済|を|申請中)",
    ),
    (
        Matter::Family,
        r"{kin}(?:と|や|、|・|[0-9０-９]人)[^。]{0,24}?{n}人(?:家族|暮らし|で暮ら|で住)",
    ),
    (
        Matter::Family,
        r"家族(?:構成)?(?:は|：|:)[^。]{0,20}?(?:{n}人|妻|夫|子|両親|父|母|なし|おりません)",
    ),
    (
        Matter::Family,
        r"{n}人(?:家族|兄弟|姉妹|きょうだい)(?:で|です|の(?:長|次|末|{n}番)|。|、|$)",
    ),
    (
        Matter::Family,
        r"(?:既婚|未婚|独身|離婚)者?(?:です|であ|で、|で$|だ。|しており|し、|しまし)|^(?:既婚|未婚|独身)(?:$|[。、・（( /／])",
    ),
    (
        Matter::Family,
        r"{kin}(?:は|が)[^。]{0,16}?(?:会社員|公務員|教員|教師|教諭|医師|看護師|農家|農業|漁師|自営業|大工|社長|経営し|を営|に勤|勤務し|働いて|主婦|主夫|無職|年金|他界|亡くな|離婚|要介護|認知症|小学生|中学生|高校生|大学生|保育園|幼稚園|{n}[歳才])",
    ),
    (
        Matter::Family,
        r"{kin}と(?:[^。]{0,8})(?:同居|二人暮らし|2人暮らし|暮らして|住んで)",
    ),
    (
        Matter::Family,
        r"(?:長男|長女|次男|次女|三男|三女|末っ子|一人っ子|ひとりっ子)(?:です|で、|として(?:生|育))",
    ),
    (
        Matter::Family,
        r"(?:子ども|子供|こども|娘|息子)が?(?:{n}人|ふたり|ひとり)(?:おり|い(?:ます|る)|、|です|。|$)|{n}児の(?:父|母|親)|(?:シングル(?:マザー|ファザー)|母子家庭|父子家庭)(?:です|で、|とし|に育|で育)",
    ),
    (
        Matter::Family,
        r"扶養(?:家族|親族|義務)?(?:は|が|：|:)?(?:{n}人|{n}名|なし|あり|無|有)",
    ),
    (
        Matter::Family,
        r"((?:(?:^|[^\p{Han}])[父母親妻夫]|両親|祖父母|祖父|祖母|家族|義父|義母|義両親|子ども|子供)の(?:介護|看病|看護|死去|他界|転勤|病気)(?:のため|により|を(?:機|理由)に|に専念(?:するため|し)|が必要))",
    ),
    (
        Matter::Dwelling,
        r"(?:持ち家|持家|賃貸(?:マンション|アパート|住宅)?|社宅|社員寮|団地|公営住宅|[県市]営住宅|一戸建て|一軒家|戸建て?)(?:です|に(?:住|暮|住ま)|で暮)",
    ),
    (
        Matter::Dwelling,
        r"(?:実家|親元|一人|ひとり|独り)暮らし(?:です|をし|で、|。|$)",
    ),
    (
        Matter::Religion,
        r"{believer}(?:です|だ(?:。|$|が|か)|でし|であ|で、|なので|のため|として(?:育|生)|の(?:家庭|家)(?:に|で)(?:育|生))",
    ),
    (
        Matter::Religion,
        r"(?:教会で|カトリックの|キリスト教の|幼児)洗礼|(?:[\p{Han}ト]教|仏|神|キリスト|イエス|アッラー)(?:を|の)[^。]{0,6}信仰|宗教に入信|(?:教団|教会)に入信|(?:寺|神社|教会)の(?:家に|息子|娘|長男|長女|次男|跡取り)",
    ),
    (
        Matter::Religion,
        r"(?:教会|礼拝|ミサ|モスク)(?:に|へ)(?:毎週|[^。]{0,4})?(?:通|参加し|出席|行)|(?:日曜日?|金曜日?|土曜日?|毎週)[^。]{0,12}?(?:礼拝|ミサ|安息日)",
    ),
    (Matter::Religion, "宗教上の(?:理由|都合|戒律|制約)"),
    (
        Matter::Beliefs,
        r"{party}(?:を(?:支持|応援)|の(?:支持者|党員|党友)|支持(?:者|です|。|$)|員(?:です|で、|であ|とし)|に(?:入党|投票))|支持(?:する|している)?政党は",
    ),
    (
        Matter::Beliefs,
        r"(?:政治的な?(?:立場|信条|思想)|政治思想|(?:^|私の)思想)は[^。]{0,20}?(?:です|であ|だ。|。|$)",
    ),
    (
        Matter::Beliefs,
        r"(?:右翼|左翼|右派|左派|保守(?:派|主義)|リベラル派?|共産主義|社会主義|マルクス主義|無政府主義|アナキ[スズ][トム])(?:者です|です|の立場|的?な?思想(?:です|を(?:持|も)|の持ち主))",
    ),
    (
        Matter::Movements,
        r"{union}の?(?:中央)?(?:執行)?(?:委員長|副委員長|執行委員|書記長|書記次長|書記局|役員|専従(?:役員)?|青年部長?|職場委員|代議員)(?:を|とし|に(?:就|選|な)|です|で、|でし|に$|も|。|、|$)",
    ),
    (
        Matter::Movements,
        r"(?:労働組合|労組|(?:従業員|社員|職員|教職員)組合|日教組|自治労)(?:に|へ)は?(?:加入|所属|入)(?:し|って|です|。|$)|(?:労働組合|労組|(?:^|[^\p{Han}])組合)活動(?:に|を)(?:も)?(?:参加|従事|し|取り組|行|熱心|積極)",
    ),
    (
        Matter::Movements,
        r"(?:学生運動|社会運動|市民運動|反対運動|反戦運動|平和運動|抗議活動|抗議デモ|反戦デモ|デモ行進|政治活動|選挙運動|部落解放運動|女性解放運動|労働運動)(?:に|を|で|の)[^。]{0,10}?(?:参加|加わ|没頭|明け暮れ|身を投|主催|携わ|関わ|従事|中心|リーダー|し(?:て|ま|た)|経験)",
    ),
    (
        Matter::Health,
        r"({disease}[^。、]{0,6}?(?:を?患|に?罹|診断され|の?診断を受|と?闘病|の?治療(?:中|を受|のため|しなが|に専念)|で?通院|で?服薬|を?発症|が?再発|の?持病|の?既往|を?抱え|療養|のため|により|で(?:休|退職|入院|手術|療養)|があ(?:り|る)|を持(?:ち|って|つ(?:身|私|ため))|の手術|です|が寛解))",
    ),
    (
        Matter::Health,
        r"(?:{disease}|障(?:害|がい|碍))の?当事者(?:です|とし|で、|であ)",
    ),
    (
        Matter::Health,
        r"(?:身体障(?:害|がい|碍)者手帳|精神障(?:害|がい|碍)者(?:保健福祉)?手帳|療育手帳|障(?:害|がい|碍)者手帳)[^。]{0,10}?(?:所持|保有|取得|交付|持って|あり|有|{n}級|[A-CＡ-Ｃ][0-9０-９]?判定)",
    ),
    (
        Matter::Health,
        r"{impairment}[^。、]{0,6}?(?:があ|を(?:持|もっ|抱|負)|{n}級|者です|です|[（(]?{n}種|のため、)",
    ),
    (
        Matter::Health,
        r"健康状態(?:は|も|：|:)?[^。]{0,6}?(?:良好|問題|異常|不安|優れ)|健康(?:面)?(?:は|には|に|も|面で)(?:良好|問題(?:は|が)?(?:あり|な)|自信|不安)",
    ),
    (
        Matter::Health,
        r"健康診断(?:の結果)?(?:で|は|では|も|にて)[^。]{0,14}?(?:異常|所見|再検査|要(?:精密|再|治療|観察)|良好|問題|[A-EＡ-Ｅ]判定)",
    ),
    (
        Matter::Health,
        r"持病(?:は|が|を|も|の|で)(?:特に)?(?:あり|あるた|な[くし]|ござ|抱え|持って|もって|、|治療|ため|[^。、]{1,12}(?:です|治療|通院|服薬))|既往(?:歴|症)(?:は|が|も|とし)",
    ),
    (
        Matter::Health,
        r"(?:定期的?に|月に?{n}回|週に?{n}回|現在も)[^。]{0,8}?通院|通院(?:し(?:て|なが|ま)|中(?:です|で|。|$)|のため|が必要|の(?:ため|必要))",
    ),
    (
        Matter::Health,
        r"((?:病気|疾病|怪我|けが|ケガ|事故|体調(?:不良|を崩し)|メンタル不調|心身の不調|入院|手術|闘病|骨折|療養)(?:し(?:た|て)?|療養|治療)?(?:のため|により|につき|を(?:理由|機)に|の(?:為|ため)|で)?)[、,]?[^。、,]{0,20}?(?:休職|休学|退職|退社|離職|休ん|辞め|復職)",
    ),
    (
        Matter::Health,
        r"人工透析|透析治療|車(?:椅子|いす)(?:を(?:使用|利用)|生活|で(?:生活|移動|通勤))|補聴器を(?:使|装|つけ)|人工内耳|オストメイト|ペースメーカー?を(?:装着|使用|入れ|植)|難聴(?:です|で、|があ|のため)|(?:左|右|片)耳(?:が|の|は)[^。]{0,8}(?:聞こえ|難聴|聴力)|(?:色覚(?:異常|特性)|色弱|弱視|全盲)(?:です|で、|があ|のため)|(?:義足|義手)(?:です|を(?:使|装)|で)",
    ),
    (
        Matter::Health,
        "(?:病気|大病|入院|手術)(?:を|は|の)(?:した|経験)(?:こと)?[^。]{0,6}(?:な[くし]|あり|ござ)",
    ),
    (
        Matter::Crime,
        "(?:前科|前歴|犯罪歴|逮捕歴|補導歴|非行歴)(?:は|が|も|：|:)?[^。、]{0,4}?(?:な[くし]|あり|ある|無|有|ござ)",
    ),
    (
        Matter::Crime,
        "(?:逮捕|起訴|書類送検|検挙)され(?:た(?:こと|経験)|、|まし)|有罪判決を|執行猶予(?:中|付|が|の判決)|服役(?:し|経験)|刑務所に(?:入|服)|懲役[0-9０-９一二三四五六七八九]|罰金刑|少年院(?:に(?:入|送)|を(?:出|退院)|での生活)|保護観察(?:中|処分|を受)",
    ),
];

/// Words of work: a sentence with one tells of what was made or for whom.
const WORK: &WordList = words![
    "向け",
    "むけ",
    "システム",
    "サイト",
    "アプリ",
    "サービス",
    "ツール",
    "データ",
    "基盤",
    "機能",
    "画面",
    "開発",
    "構築",
    "設計",
    "実装",
    "改修",
    "保守",
    "運用",
    "プロジェクト",
    "案件",
    "顧客",
    "クライアント",
    "お客様",
    "お客さま",
    "取引先",
    "ユーザ",
    "利用者",
    "患者",
    "受講者",
    "事業",
    "支援",
    "商品",
    "保険",
    "研究",
    "管理",
    "コード",
    "項目",
    "登録",
    "検索",
    "連携",
    "カルテ",
    "問診",
    "機器",
    "サーバ",
    "クラスタ",
    "ノード",
    "ペット",
    "家畜",
    "統計",
    "調査",
    "方の",
    "方が",
    "方へ",
    "る人",
    "い人",
    "た人",
    "ペルソナ",
    "コンテンツ",
    "記事",
    "小説",
    "映画",
    "ゲーム",
];

/// Words of somebody else whom a sentence tells of.
const OTHERS: &WordList = words![
    "利用者は",
    "利用者が",
    "利用者の",
    "ユーザーは",
    "ユーザーが",
    "ユーザーの",
    "ユーザは",
    "顧客は",
    "顧客が",
    "顧客の",
    "お客様は",
    "お客様が",
    "お客様の",
    "会員は",
    "会員が",
    "会員の",
    "対象は",
    "対象者は",
    "患者は",
    "患者が",
    "患者の",
    "読者は",
    "同僚は",
    "同僚が",
    "同僚の",
    "上司は",
    "上司が",
    "上司の",
    "部下は",
    "部下が",
    "部下の",
    "メンバーは",
    "メンバーが",
    "メンバーの",
    "前任者は",
    "前任者が",
    "前任者の",
    "担当者は",
    "担当者が",
    "担当者の",
    "社員は",
    "社員が",
    "社員の",
    "従業員は",
    "従業員が",
    "従業員の",
    "スタッフは",
    "スタッフが",
    "入居者は",
    "入居者が",
    "入居者の",
    "生徒は",
    "生徒が",
    "生徒の",
    "社長は",
    "社長が",
    "代表は",
    "代表が",
    "高齢者は",
    "高齢者が",
    "友人は",
    "友人が",
    "友人の",
    "知人は",
    "知人が",
    "知人の",
    "先輩が",
    "先輩の",
    "リーダーが",
];

/// Words of the writer.
const SELF: &WordList = words![
    "私は",
    "私が",
    "私の",
    "私も",
    "私、",
    "わたし",
    "僕は",
    "僕が",
    "僕の",
    "当方",
    "自分は",
    "自身が",
    "自身の",
    "自身も",
    "本人は",
];

/// Words of what happened in a job: the rest of such a sentence is read.
const EVENTS: &WordList = words![
    "入社", "退社", "退職", "離職", "転職", "休職", "復職", "休学", "復学", "休業", "在籍", "勤務",
    "卒業", "入学", "中退", "就職", "独立", "在留", "就労", "永住", "ビザ", "辞め",
];

/// The patterns, and the words that tell which of them to try: all of them as one automaton have more states
/// than a cache holds.
static COMPILED: LazyLock<(NeededWords, Vec<Regex>)> = LazyLock::new(|| {
    let patterns: Vec<String> = expanded().collect();
    let compile = |pattern: &String| Regex::new(pattern).expect("a regular expression");
    let each = patterns.iter().map(compile).collect();
    (NeededWords::of(&patterns), each)
});

/// The patterns, put together.
fn expanded() -> impl Iterator<Item = String> {
    PATTERNS.iter().map(|(_, pattern)| {
        let mut pattern = (*pattern).to_owned();
        for (name, part) in PARTS {
            pattern = pattern.replace(name, part);
        }
        // Parts hold parts.
        for (name, part) in PARTS {
            pattern = pattern.replace(name, part);
        }
        pattern
    })
}

/// Finds the passages of `text` that tell of a matter, in order of the patterns.
pub(super) fn told(text: &str) -> Vec<Told> {
    let mut found = Vec::new();
    let (needed, each) = &*COMPILED;
    if needed.candidates(text).next().is_none() {
        return found;
    }
    for sentence in sentences(text) {
        let part = &text[sentence.clone()];
        for index in needed.candidates(part) {
            for captures in each[index].captures_iter(part) {
                let whole = captures.get(0).map_or(0..0, |found| found.range());
                if is_of_work(part, &whole, PATTERNS[index].0) {
                    continue;
                }
                let matter = PATTERNS[index].0;
                let is_event = EVENTS.is_in(part) || has_date(part);
                let range = match captures.get(1) {
                    Some(group) if is_event => group.range(),
                    None if is_event => whole,
                    // 「青森の生まれで、いまは…に住んでいるエンジニアです。」
                    _ if matches!(matter, Matter::Origin | Matter::Nationality) => {
                        with_comma(part, clause(part, &whole))
                    }
                    _ => 0..part.len(),
                };
                found.push(Told {
                    matter,
                    range: sentence.start + range.start..sentence.start + range.end,
                });
            }
        }
    }
    found
}

/// Bytes of what is looked at as one sentence.
const MAX_SENTENCE_BYTES: usize = 600;

/// The sentences of a text, with the signs that end them.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        let ends = matches!(sign, '。' | '．' | '！' | '？' | '!' | '?' | '｡' | '\n');
        let may_end = COMMAS.contains(&sign) || sign.is_whitespace();
        let len = at - start;
        if ends || len > MAX_SENTENCE_BYTES && may_end || len > 2 * MAX_SENTENCE_BYTES {
            let end = at + sign.len_utf8();
            sentences.push(start..end);
            start = end;
        }
    }
    sentences.push(start..text.len());
    sentences.retain(|range| !range.is_empty());
    sentences
}

/// Whether a sentence tells of what was worked on or of somebody else rather than of the writer.
fn is_of_work(sentence: &str, found: &Range<usize>, matter: Matter) -> bool {
    if OTHERS.is_in(&sentence[..found.end]) {
        return true;
    }
    let clause = clause(sentence, found);
    if WORK.is_in(&sentence[clause.clone()]) {
        return true;
    }
    // 「健康状態は良好で、…の開発が…」 says all that it has to say of the person before the comma.
    let rest = sentence[found.end..clause.end].trim_end_matches(['、', '，', ',', '。']);
    let is_closed = rest.chars().count() <= 6
        && sentence[..clause.end]
            .trim_end_matches(['、', '，', ','])
            .ends_with([
                'で', 'り', 'し', 'が', 'す', 'ん', 'て', 'く', 'に', 'め', 'ら',
            ]);
    let is_own = matter != Matter::Family && SELF.is_in(sentence);
    !is_closed && !is_own && WORK.is_in(sentence)
}

/// Signs that part clauses.
const COMMAS: [char; 3] = ['、', '，', ','];

/// The part of a sentence between commas that holds `found`.
fn clause(sentence: &str, found: &Range<usize>) -> Range<usize> {
    let inside = found.start..found.end.max(found.start);
    let start = sentence[..inside.start]
        .char_indices()
        .rev()
        .find(|(_, sign)| COMMAS.contains(sign))
        .map_or(0, |(at, sign)| at + sign.len_utf8());
    // What was found may end in the comma itself.
    let is_ended = sentence[inside.clone()].ends_with(COMMAS);
    let end = if is_ended {
        inside.end
    } else {
        sentence[inside.end..]
            .find(COMMAS)
            .map_or(sentence.len(), |at| inside.end + at)
    };
    start..end
}

/// A part of a sentence with the comma behind it.
fn with_comma(sentence: &str, clause: Range<usize>) -> Range<usize> {
    let rest = &sentence[clause.end..];
    let comma = rest.chars().next().filter(|sign| COMMAS.contains(sign));
    clause.start..clause.end + comma.map_or(0, char::len_utf8)
}

/// Whether a sentence states a year or a month.
fn has_date(sentence: &str) -> bool {
    let mut digits = 0;
    for sign in sentence.chars() {
        match sign {
            '0'..='9' | '０'..='９' => digits += 1,
            '年' | '月' | '/' | '.' if (2..=4).contains(&digits) => return true,
            _ => digits = 0,
        }
    }
    false
}
