// The saved examples, beside the editor.

import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { getOperationAST, parse } from 'graphql';
import examples from 'examples';

/** The tabs that the page begins with. */
export const FIRST_TABS = [{ query: examples[0].query }];

function isUntouched(query) {
  return query.trim() === '' || examples.some((example) => example.query === query);
}

function operationName(query) {
  return getOperationAST(parse(query))?.name?.value ?? null;
}

function Examples() {
  const { addTab, setOperationName } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);

  function open(query) {
    // What somebody wrote is left where it is.
    if (!isUntouched(queryEditor.getValue())) addTab();
    variableEditor?.setValue('');
    queryEditor.setValue(query);
    // GraphiQL looks for the name a moment later, and would run what was there before until then.
    setOperationName(operationName(query));
    queryEditor.focus();
  }

  return (
    <section aria-label="クエリの例">
      <h2>クエリの例</h2>
      <p>
        職務経歴書を、技術・勤務先・期間で検索します。例を選ぶと右のエディタに入ります。
        <kbd>Ctrl</kbd>+<kbd>Enter</kbd> で実行します。
      </p>
      <ul className="examples">
        {examples.map(({ name, title, query }) => (
          <li key={name}>
            <button type="button" className="example" onClick={() => open(query)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      <h3>認証</h3>
      <p>
        トークンが必要なサーバーでは、エディタの下の「Headers」に次のように書きます。トークンはこのブラウザに保存されません。
      </p>
      <pre className="token">{'{ "Authorization": "Bearer skr_…" }'}</pre>
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 5h16M4 10h16M4 15h9M4 20h9M17 14l4 3-4 3z" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** The plugin that lists the examples. */
export const EXAMPLES_PLUGIN = { title: 'クエリの例 (Examples)', icon: Icon, content: Examples };
