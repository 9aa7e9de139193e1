//! The parts that names, projects and texts are put together from.

/// Names of companies that do not exist.
pub(crate) const COMPANIES: &[&str] = &[
    "アオイ",
    "ミナト",
    "ホクト",
    "トキワ",
    "サザナミ",
    "クロガネ",
    "ヒイラギ",
    "ソラト",
    "ナギサ",
    "カルテット",
    "ブルーアロー",
    "オレンジピール",
    "テレスタ",
    "ノクターン",
    "ハルモニア",
];

/// What companies add to their name; nothing is as usual as anything.
pub(crate) const BRANCHES: &[&str] = &[
    "システムズ",
    "ソリューションズ",
    "データ",
    "テクノロジー",
    "ソフト",
    "ワークス",
    "ネットワークス",
    "製作所",
    "電機",
    "通信",
    "ラボ",
    "インターナショナル",
    "",
    "",
    "銀行",
    "保険",
    "商事",
];

/// Names of companies in Latin letters.
pub(crate) const LATIN_COMPANIES: &[&str] = &[
    "Nagisa",
    "Kumolabo",
    "Plumeria",
    "Tokiwa Systems",
    "BlueArrow",
    "Harmonia",
    "Sorato",
    "Quartetto",
    "teleSTAR",
    "Kurogane Works",
    "Mizube.io",
    "Folio Craft",
];

/// What a person is called in a job or project.
pub(crate) const ROLES: &[&str] = &[
    "バックエンドエンジニア",
    "フロントエンドエンジニア",
    "SRE",
    "リードエンジニア",
    "プログラマ",
    "システムエンジニア",
    "PM",
    "テックリード",
    "エンジニアリングマネージャー",
    "インフラエンジニア",
];

/// Titles of projects.
pub(crate) const TITLES: &[&str] = &[
    "会員向けポイント管理システム",
    "予約サイトのリニューアル",
    "社内ワークフロー基盤の構築",
    "在庫管理APIの開発",
    "決済基盤のマイクロサービス化",
    "ログ収集基盤の運用",
    "スマートフォンアプリの新規開発",
    "営業支援ツールの保守",
    "物流倉庫向けハンディ端末アプリ",
    "学習塾向けeラーニング",
    "動画配信サービスの負荷対策",
    "勘定系パッケージの追加開発",
    "CI/CD環境の整備",
    "広告配信システムのリプレース",
    "電子カルテ連携モジュール",
    "請求書自動発行バッチ",
    "コールセンター向けCRM導入",
    "IoTゲートウェイ制御ソフト",
    "ECサイト保守運用",
    "データ分析基盤の設計・構築",
    "車載ECU向けテストツール",
    "社内ポータル刷新",
    "API ゲートウェイの移行",
    "自治体向け住民情報システム",
];

/// What projects are made with.
pub(crate) const TECHNOLOGIES: &[&str] = &[
    "Java",
    "Go",
    "TypeScript",
    "React",
    "Vue.js",
    "PHP",
    "Laravel",
    "Ruby on Rails",
    "Python",
    "Django",
    "AWS",
    "GCP",
    "Docker",
    "Kubernetes",
    "Terraform",
    "MySQL",
    "PostgreSQL",
    "Redis",
    "Oracle Database",
    "Spring Boot",
    "Kotlin",
    "Swift",
    "C#",
    "Jenkins",
    "GitHub Actions",
    "Elasticsearch",
    "Node.js",
    "Nuxt.js",
];

/// What the person did in a project.
pub(crate) const TASKS: &[&str] = &[
    "要件定義から参画し、設計・実装・テストを担当した",
    "既存コードの課題を洗い出し、段階的に置き換えた",
    "5名のチームでリーダーを務め、レビューと進捗管理を行った",
    "レスポンスを平均40%改善",
    "問い合わせ対応と障害調査",
    "テスト自動化を推進し、リリース頻度を週1回に",
    "新人2名の教育を担当",
    "仕様の調整を顧客と直接行い、画面30本を実装",
];

/// What the person did in a job; some say nothing.
pub(crate) const SUMMARIES: &[&str] = &[
    "自社サービスの開発に従事。",
    "受託開発を中心に幅広い案件を担当。",
    "SESとして客先に常駐し、主に金融系の開発を行いました。",
    "入社後は新規事業部に配属され、企画段階から携わりました。",
    "",
];

/// Whom projects are made for; anonymous but for two.
pub(crate) const CLIENTS: &[&str] = &[
    "大手通信キャリア",
    "某メガバンク",
    "大手ECサイト運営会社",
    "株式会社ミライエンタープライズ",
    "地方自治体",
    "医療機器メーカー様",
    "生命保険会社",
    "株式会社サクラ物産 様",
];
