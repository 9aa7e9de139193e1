//! The parts that people, companies and projects are put together from.

/// Family names with their readings.
pub(super) const FAMILY_NAMES: &[(&str, &str)] = &[
    ("佐倉", "サクラ"), ("水野", "ミズノ"), ("北川", "キタガワ"), ("東野", "ヒガシノ"),
    ("森下", "モリシタ"), ("小松", "コマツ"), ("早瀬", "ハヤセ"), ("桐山", "キリヤマ"),
    ("白石", "シライシ"), ("黒木", "クロキ"), ("滝沢", "タキザワ"), ("浅井", "アサイ"),
    ("岩瀬", "イワセ"), ("大庭", "オオバ"), ("柏木", "カシワギ"), ("久保田", "クボタ"),
    ("坂井", "サカイ"), ("島津", "シマヅ"), ("高梨", "タカナシ"), ("千葉", "チバ"),
    ("堤", "ツツミ"), ("戸田", "トダ"), ("長野", "ナガノ"), ("西尾", "ニシオ"),
    ("沼田", "ヌマタ"), ("野口", "ノグチ"), ("橋爪", "ハシヅメ"), ("平井", "ヒライ"),
    ("藤沢", "フジサワ"), ("星野", "ホシノ"), ("真田", "サナダ"), ("宮本", "ミヤモト"),
    ("村瀬", "ムラセ"), ("本橋", "モトハシ"), ("矢島", "ヤジマ"), ("湯浅", "ユアサ"),
    ("吉岡", "ヨシオカ"), ("和久井", "ワクイ"), ("秋元", "アキモト"), ("石塚", "イシヅカ"),
];

/// Given names with their readings.
pub(super) const GIVEN_NAMES: &[(&str, &str)] = &[
    ("悠斗", "ユウト"), ("陽菜", "ヒナ"), ("蓮", "レン"), ("葵", "アオイ"), ("大輔", "ダイスケ"),
    ("美咲", "ミサキ"), ("健一", "ケンイチ"), ("由美", "ユミ"), ("翔太", "ショウタ"),
    ("彩", "アヤ"), ("直樹", "ナオキ"), ("恵", "メグミ"), ("拓也", "タクヤ"), ("智子", "トモコ"),
    ("涼", "リョウ"), ("香織", "カオリ"), ("誠", "マコト"), ("真由", "マユ"), ("亮", "リョウ"),
    ("千尋", "チヒロ"), ("隆", "タカシ"), ("優", "ユウ"), ("剛", "ツヨシ"), ("里奈", "リナ"),
    ("慎吾", "シンゴ"), ("沙織", "サオリ"), ("哲也", "テツヤ"), ("麻衣", "マイ"),
    ("秀樹", "ヒデキ"), ("奈緒", "ナオ"),
];

/// First parts of company names.
pub(super) const COMPANY_HEADS: &[&str] = &[
    "ミナト", "アサギリ", "ホクレイ", "カナデ", "東雲", "青嶺", "ツバメ", "ハルカゼ", "日南", "常盤",
    "ソラノ", "クヌギ", "三稜", "オリオン坂", "ヒダマリ", "カワセミ", "白鷺", "ナギサ", "アカツキ谷",
    "ユズリハ", "双葉台", "シラカバ", "銀河原", "コハク", "ワカクサ", "イズミ川", "タマユラ", "北斗台",
    "ミズホ野", "サザナミ",
];

/// Last parts of company names.
pub(super) const COMPANY_TAILS: &[&str] = &[
    "ソフト", "システムズ", "テック", "データ", "ネットワークス", "ラボ", "情報サービス", "電工",
    "デジタル", "ソリューションズ", "ワークス", "クラウド",
];

/// Subjects of projects.
pub(super) const SUBJECTS: &[&str] = &[
    "物流倉庫の在庫管理", "動画配信基盤", "電子カルテ連携", "ホテル予約サイト", "勤怠管理",
    "広告配信", "決済ゲートウェイ", "学習塾向け授業予約", "不動産検索", "コールセンター支援",
    "工場の設備監視", "チケット販売", "会員ポイント", "保険の見積もり", "配車アプリ",
    "社内文書の全文検索", "レコメンド", "ログ収集基盤", "地図アプリ", "通販サイト", "電力需要予測",
    "農業センサー", "図書館の蔵書検索", "給与計算", "スマートロック", "音声文字起こし",
];

/// What was done with a subject.
pub(super) const WORKS: &[&str] =
    &["の新規開発", "の再構築", "の性能改善", "のクラウド移行", "の運用保守", "のAPI開発"];

/// Roles.
pub(super) const ROLES: &[&str] = &[
    "メンバー", "リーダー", "サブリーダー", "テックリード", "バックエンドエンジニア",
    "フロントエンドエンジニア", "インフラエンジニア", "SRE", "プロジェクトマネージャー", "アーキテクト",
];

/// Departments.
pub(super) const DEPARTMENTS: &[&str] = &[
    "開発部", "第一システム部", "プラットフォーム開発グループ", "SRE推進室", "データ基盤チーム",
    "プロダクト本部", "技術推進課",
];

/// Prefectures and cities of residence.
pub(super) const PLACES: &[&str] = &[
    "東京都世田谷区", "京都府京都市左京区", "大阪府豊中市", "福岡県福岡市中央区", "北海道札幌市北区",
    "神奈川県川崎市", "愛知県名古屋市", "宮城県仙台市", "広島県福山市", "埼玉県川口市",
];

/// Technologies, the most used first: the rank is what the Zipf distribution is over.
pub(super) const TECHNOLOGIES: &[&str] = &[
    "AWS", "Java", "Python", "JavaScript", "TypeScript", "MySQL", "Docker", "React", "PHP", "Git",
    "PostgreSQL", "Linux", "Go", "Ruby on Rails", "Vue.js", "Terraform", "Kubernetes", "Spring Boot",
    "Node.js", "Amazon S3", "AWS Lambda", "Redis", "C#", "Oracle Database", "Laravel", "Ruby",
    "Google Cloud", "Amazon EC2", "GitHub Actions", "Next.js", "C++", "Kotlin", "Swift", "Django",
    "Elasticsearch", "Jenkins", "nginx", "Ansible", "GraphQL", "BigQuery", "Azure", "Rust", "Scala",
    "DynamoDB", "CircleCI", "Angular", "Flutter", "Firebase", "Amazon ECS", "Datadog", "Apache Kafka",
    "Perl", "COBOL", "FastAPI", "Nuxt.js", "SQL Server", "MongoDB", "RabbitMQ", "gRPC", "Prometheus",
    "Grafana", "WordPress", "Snowflake", "Unity", "TensorFlow", "PyTorch", "AWS CloudFormation",
    "Elixir", "Erlang", "Haskell",
];

/// Certificates.
pub(super) const CERTIFICATES: &[&str] = &[
    "基本情報技術者試験", "応用情報技術者試験", "AWS認定ソリューションアーキテクト – アソシエイト",
    "LPIC-1", "Oracle Certified Java Programmer, Silver SE 8", "データベーススペシャリスト試験",
    "日商簿記検定2級", "Python3エンジニア認定基礎試験",
];

/// Schools.
pub(super) const SCHOOLS: &[&str] = &[
    "青嶺大学 工学部 情報工学科", "北浜工業大学 電気電子工学科", "緑川大学 経済学部",
    "東雲情報専門学校", "南海高等専門学校 制御情報工学科",
];
