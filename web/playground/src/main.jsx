// The playground: GraphiQL with the examples, the explorer and the history, all from this server.

import './workers.js';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';

import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';

import { EXAMPLES_PLUGIN, FIRST_TABS } from './examples.jsx';
import { createFetcher } from './fetcher.js';
import { Editors } from './editors.jsx';
import { Notice, reason } from './notice.jsx';
import { storage } from './storage.js';

const PLUGINS = [EXAMPLES_PLUGIN, HISTORY_PLUGIN, explorerPlugin()];
const STORAGE = storage();

function Playground() {
  const [trouble, setTrouble] = useState(null);
  const fetcher = useMemo(() => createFetcher((answer) => setTrouble(reason(answer))), []);
  return (
    <>
      <header className="title">
        <h1>shokureki 職歴</h1>
        <p>職務経歴書検索の GraphQL プレイグラウンド</p>
        <a href="/">検索ページへ</a>
      </header>
      <Notice reason={trouble} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          plugins={PLUGINS}
          visiblePlugin={EXAMPLES_PLUGIN}
          defaultTabs={FIRST_TABS}
          shouldPersistHeaders={false}
          inputValueDeprecation
          storage={STORAGE}
        >
          <GraphiQL.Logo>GraphQL</GraphiQL.Logo>
          <Editors />
        </GraphiQL>
      </main>
    </>
  );
}

createRoot(document.getElementById('playground')).render(<Playground />);
