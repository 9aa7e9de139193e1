import { ApiError } from './errors.js';

/** A page of a connection, by its edges or by its nodes alone. */
export type Page<TItem> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
} & ({ readonly edges: readonly TItem[] } | { readonly nodes: readonly TItem[] });

/** How to go through pages. */
export interface PageOptions<TItem> {
  /** How many items to ask for at once, at most 100. 100 by default. */
  readonly pageSize?: number;
  /**
   * How often to begin anew when the server answers `CURSOR_EXPIRED`, as it does once its index was written
   * anew. 3 by default.
   */
  readonly restarts?: number;
  /** What names an item, so that none comes twice. By default the id of the node. */
  readonly key?: (item: TItem) => unknown;
}

/** Items of all pages, in the order of the connection. */
export async function* items<TItem>(
  page: (place: { first: number; after: string | null }) => Promise<Page<TItem>>,
  { pageSize = 100, restarts = 3, key = idOf }: PageOptions<TItem> = {},
): AsyncGenerator<TItem, void, undefined> {
  const seen = new Set<unknown>();
  let after: string | null = null;
  for (;;) {
    let current: Page<TItem>;
    try {
      current = await page({ first: pageSize, after });
    } catch (error) {
      const isExpired = error instanceof ApiError && error.code === 'CURSOR_EXPIRED';
      if (!isExpired || after === null || restarts === 0) throw error;
      restarts -= 1;
      after = null;
      continue;
    }
    for (const item of 'edges' in current ? current.edges : current.nodes) {
      const name = key(item);
      if (name !== undefined) {
        if (seen.has(name)) continue;
        seen.add(name);
      }
      yield item;
    }
    const { hasNextPage, endCursor } = current.pageInfo;
    if (!hasNextPage || endCursor == null) return;
    after = endCursor;
  }
}

function idOf(item: unknown): unknown {
  const { node = item } = item as { node?: unknown };
  return (node as { id?: unknown } | null)?.id;
}
