// Why there is neither completion nor documentation, in words.

const REASONS = {
  UNAUTHENTICATED: {
    title: 'このサーバーにはトークンが必要です。',
    text: 'エディタの下の「Headers」に { "Authorization": "Bearer skr_…" } と書き、左下の再読み込み（Re-fetch GraphQL schema）を押してください。',
    english: 'This server asks for a token: give it under “Headers”, then fetch the schema again.',
  },
  FORBIDDEN: {
    title: 'このサーバーはスキーマの取得（introspection）を許可していません。',
    text: '補完・ドキュメント・エクスプローラーは使えませんが、クエリは実行できます。スキーマは配布物の schema.graphql にあります。管理者は serve --introspection で許可できます。',
    english:
      'Introspection is off: no completion and no documentation, but queries run. The schema is in schema.graphql; “serve --introspection” allows it.',
  },
  RATE_LIMITED: {
    title: 'リクエストの上限に達したため、スキーマを取得できませんでした。',
    text: '少し待ってから、左下の再読み込みを押してください。',
    english: 'The rate limit was reached: wait a moment, then fetch the schema again.',
  },
};

const OTHER = {
  title: 'スキーマを取得できませんでした。',
  text: 'サーバーの状態を確かめ、左下の再読み込みを押してください。',
  english: 'The schema could not be fetched: look after the server, then fetch it again.',
};

/**
 * Returns why an answer to the question for the schema holds none; null where it does.
 *
 * @param {{ data?: unknown, errors?: { extensions?: { code?: string } }[] }} answer
 */
export function reason(answer) {
  if (answer?.data) return null;
  const code = answer?.errors?.[0]?.extensions?.code;
  return REASONS[code] ?? OTHER;
}

/** The reason above the editors; an empty region, for screen readers to listen to, where all is well. */
export function Notice({ reason }) {
  return (
    <div role="status" className="notice-region">
      {reason && (
        <div className="notice">
          <p>
            <strong>{reason.title}</strong> {reason.text}
          </p>
          <p lang="en">{reason.english}</p>
        </div>
      )}
    </div>
  );
}
