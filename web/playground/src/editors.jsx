// What the editors do otherwise than GraphiQL has them.

import { useEffect, useRef } from 'react';
import { useGraphiQL } from '@graphiql/react';

/** Full-width signs are ordinary here, and no attempt to deceive; long lines are read without scrolling. */
const OPTIONS = { unicodeHighlight: { ambiguousCharacters: false }, wordWrap: 'on' };

/** Renders nothing. */
export function Editors() {
  const editors = useGraphiQL((state) => [
    state.queryEditor,
    state.variableEditor,
    state.headerEditor,
    state.responseEditor,
  ]);
  useEffect(() => {
    for (const editor of editors) editor?.updateOptions(OPTIONS);
  }, editors);
  useKeptHeaders(editors[2]);
  return null;
}

/**
 * Keeps what the headers editor holds when another tab is opened or an entry of the history is chosen:
 * GraphiQL empties it then, and the token would have to be given anew each time.
 */
function useKeptHeaders(editor) {
  const kept = useRef('');
  useEffect(() => {
    const listening = editor?.onDidChangeModelContent(({ isFlush }) => {
      const text = editor.getValue();
      // Somebody who types does not flush: what they delete is gone.
      if (isFlush && text === '' && kept.current !== '') editor.setValue(kept.current);
      else kept.current = text;
    });
    return () => listening?.dispose();
  }, [editor]);
}
