// Generated from schema.graphql and src/operations by `npm run generate`; not edited by hand.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What happened to a candidate. */
export type CandidateChangeKind =
  /**
   * The candidate came in, or something of them changed: a newer document, another reading of it, what
   * is agreed about their data.
   */
  | 'CHANGED'
  /** The candidate was erased. */
  | 'ERASED';

/**
 * Conditions on candidates. All parts given in one object must be met, and those on a stint
 * (technology, employer, period, role, text) by the same stint; combine objects by `all`, `any` and
 * `not` to ask for several stints.
 */
export type CandidateFilter = {
  /** On a stint: a technology, and how it was used. */
  readonly technology?: TechnologyInput | null | undefined;
  /** On the same stint as `technology`: technologies that it names too. */
  readonly also?: ReadonlyArray<TechnologyInput> | null | undefined;
  /**
   * On a stint: technologies that it does not name. Their `minMonths` and `lastUsedSince` are not
   * looked at.
   */
  readonly without?: ReadonlyArray<TechnologyInput> | null | undefined;
  /** On a stint: the employer. */
  readonly employer?: EmployerInput | null | undefined;
  /** On a stint: when it was. A stint without a date meets no period. */
  readonly period?: PeriodInput | null | undefined;
  /** On a stint: words of its title, department or roles. */
  readonly role?: string | null | undefined;
  /** On a stint: words of its text. */
  readonly text?: string | null | undefined;
  /** On the candidate: a certificate's name, whole or in part. */
  readonly certification?: string | null | undefined;
  /** The least score of that certificate (TOEIC 800). Only with `certification`. */
  readonly minScore?: number | null | undefined;
  /**
   * On the candidate: a level of education (高専, 大学, 修士, 博士 …) that was finished, or words of a
   * school's name.
   */
  readonly education?: string | null | undefined;
  /** On the candidate: where the person lives. */
  readonly location?: string | null | undefined;
  /** Each is met, by the same or different stints. */
  readonly all?: ReadonlyArray<CandidateFilter> | null | undefined;
  /** At least one is met. */
  readonly any?: ReadonlyArray<CandidateFilter> | null | undefined;
  /** It is not met. */
  readonly not?: CandidateFilter | null | undefined;
};

/** The order of candidates. Ties are broken by a fixed order, so that pages neither repeat nor skip. */
export type CandidateSort =
  /** Best first. Without query and filter, last updated first. */
  | 'RELEVANCE'
  /** Most months of the asked technologies first. */
  | 'MONTHS_DESC'
  /** Latest use of the asked technologies first. */
  | 'LAST_USED_DESC'
  /** Last updated first. */
  | 'UPDATED_DESC'
  /** By reading of the name, else by name. */
  | 'NAME_ASC';

/** The form of a document. */
export type DocumentFormat =
  /** Markdown. */
  | 'MARKDOWN'
  /** Text without markup. */
  | 'PLAIN_TEXT'
  /** Emacs Org. */
  | 'ORG'
  /** HTML. */
  | 'HTML'
  /** LaTeX. */
  | 'LATEX'
  /** Typst. */
  | 'TYPST'
  /** YAML. */
  | 'YAML'
  /** JSON. */
  | 'JSON';

/** An employer. */
export type EmployerInput = {
  /** A name, in any spelling. */
  readonly name: string;
  /** Whether the job goes on. */
  readonly tenure?: Tenure | null | undefined;
};

/** How a person is employed. */
export type EmploymentKind =
  /** Permanent staff (正社員, 新卒, 中途). */
  | 'PERMANENT'
  /** Fixed term (契約社員). */
  | 'FIXED_TERM'
  /** Dispatched by an agency (派遣). */
  | 'DISPATCHED'
  /** By contract for work (業務委託). */
  | 'CONTRACT'
  /** Self-employed (フリーランス, 個人事業主). */
  | 'FREELANCE'
  /** Intern. */
  | 'INTERN'
  /** Part-time (アルバイト, パート). */
  | 'PART_TIME'
  /** Director or officer (代表, 役員). */
  | 'EXECUTIVE';

/** A candidate to erase, by id or external id: one of them. */
export type EraseCandidateInput = {
  /** The candidate's id. */
  readonly id?: string | null | undefined;
  /** Your own id of the candidate. */
  readonly externalId?: string | null | undefined;
  /** Whether to answer only when searches no longer see the candidate. */
  readonly waitForIndex?: boolean | null | undefined;
};

/** The closed list of error codes. */
export type ErrorCode =
  /** The request or an argument breaks a rule. */
  | 'BAD_USER_INPUT'
  /** The request carries no valid credentials. */
  | 'UNAUTHENTICATED'
  /** The credentials do not allow it. */
  | 'FORBIDDEN'
  /** There is no such object. */
  | 'NOT_FOUND'
  /** Another writer got there first. */
  | 'CONFLICT'
  /** The request exceeds the limits of depth, complexity or aliases; it was not executed. */
  | 'TOO_COMPLEX'
  /** The caller has spent what it may; `extensions.retryAfter` says in how many seconds to try again. */
  | 'RATE_LIMITED'
  /** The cursor is of an index that was rebuilt since. */
  | 'CURSOR_EXPIRED'
  /** No document of this hash is known here: send it once with its text. */
  | 'PERSISTED_QUERY_NOT_FOUND'
  /** The document or request is too large. */
  | 'PAYLOAD_TOO_LARGE'
  /** The document is of no known format. */
  | 'UNSUPPORTED_FORMAT'
  /** Something the answer needs is not available now, or took too long; trying again may help. */
  | 'UNAVAILABLE'
  /** A fault of the server. */
  | 'INTERNAL';

/** How strong a mention of a technology is, strongest first. */
export type Grade =
  /** In the text or technology list of a job or project. */
  | 'WORKED'
  /** In a skill table, with stars, in a self-appraisal. */
  | 'DECLARED'
  /** In an own project or hobby. */
  | 'PERSONAL'
  /** By a certificate only. */
  | 'CERTIFIED'
  /** Being learned, or wished for. */
  | 'LEARNING'
  /** Said not to be known. */
  | 'NEGATED';

/** A document to take in, as text or base64: one of them. */
export type ImportFileInput = {
  /** Your own id of the candidate. A newer document with the same one becomes the current résumé. */
  readonly externalId?: string | null | undefined;
  /** The file's name: helps to tell the format. */
  readonly fileName?: string | null | undefined;
  /** The document as text. */
  readonly text?: string | null | undefined;
  /** The document's bytes in base64. */
  readonly base64?: string | null | undefined;
  /** The document's date, used when it states none: open periods end there. */
  readonly documentDate?: string | null | undefined;
};

/** What became of a document. */
export type ImportFileStatus =
  /** It waits for those before it, or is being read. */
  | 'WAITING'
  /** It is stored. */
  | 'IMPORTED'
  /** The same bytes were stored before: nothing changed. */
  | 'UNCHANGED'
  /** It was refused; nothing of it is stored. */
  | 'FAILED';

/** Whether an import goes on. */
export type ImportJobState =
  /** Documents wait. */
  | 'RUNNING'
  /** Every document was taken in or refused. */
  | 'FINISHED';

/** A document to take in, as text or base64: one of them. */
export type ImportResumeInput = {
  /** Your own id of the candidate. A newer document with the same one becomes the current résumé. */
  readonly externalId?: string | null | undefined;
  /** The file's name: helps to tell the format. */
  readonly fileName?: string | null | undefined;
  /** The document as text. */
  readonly text?: string | null | undefined;
  /** The document's bytes in base64. */
  readonly base64?: string | null | undefined;
  /** The document's date, used when it states none: open periods end there. */
  readonly documentDate?: string | null | undefined;
  /** Whether to answer only when searches see the document. */
  readonly waitForIndex?: boolean | null | undefined;
};

/** A window of time: `from` and `to`, either of which may be left out, or `lastMonths`. */
export type PeriodInput = {
  /** The first month; a year means its January. */
  readonly from?: string | null | undefined;
  /** The last month; a year means its December. */
  readonly to?: string | null | undefined;
  /**
   * The last months up to the candidate's `asOf`, which is one of them. Give this, or `from` and
   * `to`.
   */
  readonly lastMonths?: number | null | undefined;
  /** How the stint must lie to the window. */
  readonly match?: PeriodMatch | null | undefined;
};

/** How a stint must lie to a window of time. */
export type PeriodMatch =
  /** At least one month in common. */
  | 'OVERLAPS'
  /** Wholly within. */
  | 'WITHIN';

/** Documents to take in. */
export type StartImportInput = {
  /** The documents, taken in one after the other in this order: from 1 to 100. */
  readonly files: ReadonlyArray<ImportFileInput>;
};

/**
 * The order of stints. Ties are broken by a fixed order, so that pages neither repeat nor skip. Groups
 * stand where their first stint stands.
 */
export type StintSort =
  /**
   * Best first: by grade, months within the asked period, and recency. Without query and filter, the
   * latest first.
   */
  | 'RELEVANCE'
  /** Most months first, within the asked period. */
  | 'MONTHS_DESC'
  /** Latest last month first, within the asked period; those without a date last. */
  | 'LAST_USED_DESC'
  /** Last updated candidate first. */
  | 'UPDATED_DESC'
  /** By reading of the candidate's name, else by name. */
  | 'NAME_ASC';

/** A technology, and how it was used. */
export type TechnologyInput = {
  /** A name, in any spelling. Give this or `anyOf`. */
  readonly name?: string | null | undefined;
  /** Several names, one of which must be met. Give this or `name`. */
  readonly anyOf?: ReadonlyArray<string> | null | undefined;
  /**
   * The least months, over all stints that meet the other parts of the object, clipped to its
   * period.
   */
  readonly minMonths?: number | null | undefined;
  /** The last month of use must not be earlier. */
  readonly lastUsedSince?: string | null | undefined;
  /** The least grade of a mention that counts. */
  readonly minGrade?: Grade | null | undefined;
  /** Whether parts count as their whole (AWS Lambda as AWS). */
  readonly includeParts?: boolean | null | undefined;
};

/** What sort of thing a technology is. */
export type TechnologyKind =
  /** A programming, query or markup language. */
  | 'LANGUAGE'
  /** A framework. */
  | 'FRAMEWORK'
  /** A library. */
  | 'LIBRARY'
  /** A database or data warehouse. */
  | 'DATABASE'
  /** A queue, broker or stream. */
  | 'MESSAGING'
  /** A cloud platform as a whole. */
  | 'CLOUD'
  /** A hosted service. */
  | 'SERVICE'
  /** A server that programs run on or behind. */
  | 'MIDDLEWARE'
  /** Containers, virtualization, provisioning, networks. */
  | 'INFRASTRUCTURE'
  /** Continuous integration and delivery. */
  | 'CI'
  /** Monitoring, logs, traces. */
  | 'OBSERVABILITY'
  /** Tests and their tools. */
  | 'TESTING'
  /** An operating system. */
  | 'OS'
  /** A protocol or interface standard. */
  | 'PROTOCOL'
  /** A data or file format. */
  | 'FORMAT'
  /** A device or board. */
  | 'HARDWARE'
  /** A tool that people work with. */
  | 'TOOL'
  /** Packaged business software. */
  | 'PACKAGE'
  /** A way of working. */
  | 'METHOD'
  /** Not known: the lexicon does not have it. */
  | 'UNLISTED';

/** Whether a job goes on. */
export type Tenure =
  /** Either. */
  | 'ANY'
  /** It does. */
  | 'CURRENT'
  /** It does not. */
  | 'PAST';

export type CandidateQueryVariables = Exact<{
  id?: string | null | undefined;
  externalId?: string | null | undefined;
}>;


export type CandidateQuery = { readonly candidate: { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string, readonly employments: ReadonlyArray<{ readonly id: string, readonly title: string | null, readonly department: string | null, readonly kind: EmploymentKind | null, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }>, readonly projects: ReadonlyArray<{ readonly id: string, readonly title: string | null, readonly roles: ReadonlyArray<string>, readonly teamSize: number | null, readonly summary: string | null, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }>, readonly technologies: ReadonlyArray<{ readonly months: number, readonly statedMonths: number | null, readonly lastUsed: string | null, readonly grade: Grade, readonly technology: { readonly id: string, readonly name: string, readonly kind: TechnologyKind } }>, readonly certifications: ReadonlyArray<{ readonly name: string, readonly acquired: string | null }>, readonly resume: { readonly id: string, readonly fileName: string | null, readonly documentDate: string | null, readonly receivedAt: string, readonly sha256: string } } | null };

export type CandidatesQueryVariables = Exact<{
  sort?: CandidateSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CandidatesQuery = { readonly searchCandidates: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string, readonly resume: { readonly id: string, readonly sha256: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ImportResumeMutationVariables = Exact<{
  input: ImportResumeInput;
}>;


export type ImportResumeMutation = { readonly importResume: { readonly unchanged: boolean, readonly isIndexed: boolean, readonly sequence: number | null, readonly candidate: { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string } | null, readonly resume: { readonly id: string, readonly sha256: string, readonly format: DocumentFormat, readonly documentDate: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: string | null, readonly code: ErrorCode, readonly message: string }> } };

export type EraseCandidateMutationVariables = Exact<{
  input: EraseCandidateInput;
}>;


export type EraseCandidateMutation = { readonly eraseCandidate: { readonly erasedId: string | null, readonly erasedResumes: number, readonly isIndexed: boolean, readonly sequence: number | null, readonly userErrors: ReadonlyArray<{ readonly field: string | null, readonly code: ErrorCode, readonly message: string }> } };

export type IndexStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type IndexStatusQuery = { readonly indexStatus: { readonly candidates: number, readonly indexedCandidates: number, readonly appliedSequence: number, readonly lastSequence: number, readonly isCurrent: boolean, readonly isAvailable: boolean, readonly lagSeconds: number } };

export type CandidatesChangedSubscriptionVariables = Exact<{
  afterSequence?: number | null | undefined;
}>;


export type CandidatesChangedSubscription = { readonly candidatesChanged: { readonly sequence: number, readonly kind: CandidateChangeKind, readonly candidateId: string, readonly candidate: { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string } | null } };

export type ImportProgressSubscriptionVariables = Exact<{
  jobId: string;
}>;


export type ImportProgressSubscription = { readonly importProgress: { readonly job: { readonly id: string, readonly state: ImportJobState, readonly total: number, readonly done: number, readonly imported: number, readonly unchanged: number, readonly failed: number }, readonly file: { readonly index: number, readonly fileName: string | null, readonly externalId: string | null, readonly status: ImportFileStatus, readonly sequence: number | null, readonly candidate: { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string } | null, readonly error: { readonly field: string | null, readonly code: ErrorCode, readonly message: string } | null } | null } };

export type StartImportMutationVariables = Exact<{
  input: StartImportInput;
}>;


export type StartImportMutation = { readonly startImport: { readonly job: { readonly id: string, readonly state: ImportJobState, readonly total: number, readonly done: number, readonly imported: number, readonly unchanged: number, readonly failed: number } | null, readonly userErrors: ReadonlyArray<{ readonly field: string | null, readonly code: ErrorCode, readonly message: string }> } };

export type ImportJobFieldsFragment = { readonly id: string, readonly state: ImportJobState, readonly total: number, readonly done: number, readonly imported: number, readonly unchanged: number, readonly failed: number };

export type SearchCandidatesQueryVariables = Exact<{
  query?: string | null | undefined;
  filter?: CandidateFilter | null | undefined;
  sort?: CandidateSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  minSequence?: number | null | undefined;
}>;


export type SearchCandidatesQuery = { readonly searchCandidates: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly score: number, readonly node: { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string }, readonly matches: ReadonlyArray<{ readonly clause: string, readonly months: number | null, readonly stint:
          | { readonly __typename: 'Employment', readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
          | { readonly __typename: 'Project', readonly title: string | null, readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
         | null, readonly evidence: ReadonlyArray<{ readonly excerpt: string, readonly line: number, readonly grade: Grade | null, readonly highlights: ReadonlyArray<{ readonly start: number, readonly end: number }> }> }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly interpretation: { readonly parsed: string, readonly parsedJa: string, readonly corrections: ReadonlyArray<{ readonly typed: string, readonly corrected: string }>, readonly offers: ReadonlyArray<{ readonly text: string }>, readonly relaxed: ReadonlyArray<{ readonly clause: string }> } } };

export type SearchStintsQueryVariables = Exact<{
  query?: string | null | undefined;
  filter?: CandidateFilter | null | undefined;
  sort?: StintSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  minSequence?: number | null | undefined;
}>;


export type SearchStintsQuery = { readonly searchStints: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly score: number, readonly node:
        | { readonly __typename: 'Employment', readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
        | { readonly __typename: 'Project', readonly title: string | null, readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
      , readonly candidate: { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string }, readonly matches: ReadonlyArray<{ readonly clause: string, readonly months: number | null, readonly stint:
          | { readonly __typename: 'Employment', readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
          | { readonly __typename: 'Project', readonly title: string | null, readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
         | null, readonly evidence: ReadonlyArray<{ readonly excerpt: string, readonly line: number, readonly grade: Grade | null, readonly highlights: ReadonlyArray<{ readonly start: number, readonly end: number }> }> }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PageInfoFieldsFragment = { readonly hasNextPage: boolean, readonly endCursor: string | null };

export type PeriodFieldsFragment = { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string };

export type EvidenceFieldsFragment = { readonly excerpt: string, readonly line: number, readonly grade: Grade | null, readonly highlights: ReadonlyArray<{ readonly start: number, readonly end: number }> };

type StintFields_Employment_Fragment = { readonly __typename: 'Employment', readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null };

type StintFields_Project_Fragment = { readonly __typename: 'Project', readonly title: string | null, readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null };

export type StintFieldsFragment =
  | StintFields_Employment_Fragment
  | StintFields_Project_Fragment
;

export type MatchFieldsFragment = { readonly clause: string, readonly months: number | null, readonly stint:
    | { readonly __typename: 'Employment', readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
    | { readonly __typename: 'Project', readonly title: string | null, readonly id: string, readonly line: number, readonly employer: { readonly id: string, readonly name: string } | null, readonly period: { readonly from: string | null, readonly to: string | null, readonly isCurrent: boolean, readonly months: number, readonly text: string } | null }
   | null, readonly evidence: ReadonlyArray<{ readonly excerpt: string, readonly line: number, readonly grade: Grade | null, readonly highlights: ReadonlyArray<{ readonly start: number, readonly end: number }> }> };

export type CandidateFieldsFragment = { readonly id: string, readonly externalId: string | null, readonly pseudonym: string, readonly name: string | null, readonly nameKana: string | null, readonly location: string | null, readonly updatedAt: string };

export type UserErrorFieldsFragment = { readonly field: string | null, readonly code: ErrorCode, readonly message: string };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ImportJobFieldsFragmentDoc = new TypedDocumentString(`
    fragment ImportJobFields on ImportJob {
  id
  state
  total
  done
  imported
  unchanged
  failed
}
    `, {"fragmentName":"ImportJobFields"}) as unknown as TypedDocumentString<ImportJobFieldsFragment, unknown>;
export const PageInfoFieldsFragmentDoc = new TypedDocumentString(`
    fragment PageInfoFields on PageInfo {
  hasNextPage
  endCursor
}
    `, {"fragmentName":"PageInfoFields"}) as unknown as TypedDocumentString<PageInfoFieldsFragment, unknown>;
export const PeriodFieldsFragmentDoc = new TypedDocumentString(`
    fragment PeriodFields on Period {
  from
  to
  isCurrent
  months
  text
}
    `, {"fragmentName":"PeriodFields"}) as unknown as TypedDocumentString<PeriodFieldsFragment, unknown>;
export const StintFieldsFragmentDoc = new TypedDocumentString(`
    fragment StintFields on Stint {
  __typename
  id
  employer {
    id
    name
  }
  period {
    ...PeriodFields
  }
  line
  ... on Project {
    title
  }
}
    fragment PeriodFields on Period {
  from
  to
  isCurrent
  months
  text
}`, {"fragmentName":"StintFields"}) as unknown as TypedDocumentString<StintFieldsFragment, unknown>;
export const EvidenceFieldsFragmentDoc = new TypedDocumentString(`
    fragment EvidenceFields on Evidence {
  excerpt
  highlights {
    start
    end
  }
  line
  grade
}
    `, {"fragmentName":"EvidenceFields"}) as unknown as TypedDocumentString<EvidenceFieldsFragment, unknown>;
export const MatchFieldsFragmentDoc = new TypedDocumentString(`
    fragment MatchFields on Match {
  clause
  months
  stint {
    ...StintFields
  }
  evidence {
    ...EvidenceFields
  }
}
    fragment PeriodFields on Period {
  from
  to
  isCurrent
  months
  text
}
fragment EvidenceFields on Evidence {
  excerpt
  highlights {
    start
    end
  }
  line
  grade
}
fragment StintFields on Stint {
  __typename
  id
  employer {
    id
    name
  }
  period {
    ...PeriodFields
  }
  line
  ... on Project {
    title
  }
}`, {"fragmentName":"MatchFields"}) as unknown as TypedDocumentString<MatchFieldsFragment, unknown>;
export const CandidateFieldsFragmentDoc = new TypedDocumentString(`
    fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}
    `, {"fragmentName":"CandidateFields"}) as unknown as TypedDocumentString<CandidateFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserErrorFields on UserError {
  field
  code
  message
}
    `, {"fragmentName":"UserErrorFields"}) as unknown as TypedDocumentString<UserErrorFieldsFragment, unknown>;
export const CandidateDocument = new TypedDocumentString(`
    query Candidate($id: ID, $externalId: String) {
  candidate(id: $id, externalId: $externalId) {
    ...CandidateFields
    employments {
      id
      employer {
        id
        name
      }
      period {
        ...PeriodFields
      }
      title
      department
      kind
    }
    projects {
      id
      title
      employer {
        id
        name
      }
      period {
        ...PeriodFields
      }
      roles
      teamSize
      summary
    }
    technologies {
      technology {
        id
        name
        kind
      }
      months
      statedMonths
      lastUsed
      grade
    }
    certifications {
      name
      acquired
    }
    resume {
      id
      fileName
      documentDate
      receivedAt
      sha256
    }
  }
}
    fragment PeriodFields on Period {
  from
  to
  isCurrent
  months
  text
}
fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}`) as unknown as TypedDocumentString<CandidateQuery, CandidateQueryVariables>;
export const CandidatesDocument = new TypedDocumentString(`
    query Candidates($sort: CandidateSort, $first: Int, $after: String) {
  searchCandidates(sort: $sort, first: $first, after: $after) {
    edges {
      cursor
      node {
        ...CandidateFields
        resume {
          id
          sha256
        }
      }
    }
    pageInfo {
      ...PageInfoFields
    }
  }
}
    fragment PageInfoFields on PageInfo {
  hasNextPage
  endCursor
}
fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}`) as unknown as TypedDocumentString<CandidatesQuery, CandidatesQueryVariables>;
export const ImportResumeDocument = new TypedDocumentString(`
    mutation ImportResume($input: ImportResumeInput!) {
  importResume(input: $input) {
    candidate {
      ...CandidateFields
    }
    resume {
      id
      sha256
      format
      documentDate
    }
    unchanged
    isIndexed
    sequence
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}
fragment UserErrorFields on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<ImportResumeMutation, ImportResumeMutationVariables>;
export const EraseCandidateDocument = new TypedDocumentString(`
    mutation EraseCandidate($input: EraseCandidateInput!) {
  eraseCandidate(input: $input) {
    erasedId
    erasedResumes
    isIndexed
    sequence
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment UserErrorFields on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<EraseCandidateMutation, EraseCandidateMutationVariables>;
export const IndexStatusDocument = new TypedDocumentString(`
    query IndexStatus {
  indexStatus {
    candidates
    indexedCandidates
    appliedSequence
    lastSequence
    isCurrent
    isAvailable
    lagSeconds
  }
}
    `) as unknown as TypedDocumentString<IndexStatusQuery, IndexStatusQueryVariables>;
export const CandidatesChangedDocument = new TypedDocumentString(`
    subscription CandidatesChanged($afterSequence: Int) {
  candidatesChanged(afterSequence: $afterSequence) {
    sequence
    kind
    candidateId
    candidate {
      ...CandidateFields
    }
  }
}
    fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}`) as unknown as TypedDocumentString<CandidatesChangedSubscription, CandidatesChangedSubscriptionVariables>;
export const ImportProgressDocument = new TypedDocumentString(`
    subscription ImportProgress($jobId: ID!) {
  importProgress(jobId: $jobId) {
    job {
      ...ImportJobFields
    }
    file {
      index
      fileName
      externalId
      status
      sequence
      candidate {
        ...CandidateFields
      }
      error {
        ...UserErrorFields
      }
    }
  }
}
    fragment ImportJobFields on ImportJob {
  id
  state
  total
  done
  imported
  unchanged
  failed
}
fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}
fragment UserErrorFields on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const StartImportDocument = new TypedDocumentString(`
    mutation StartImport($input: StartImportInput!) {
  startImport(input: $input) {
    job {
      ...ImportJobFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    fragment ImportJobFields on ImportJob {
  id
  state
  total
  done
  imported
  unchanged
  failed
}
fragment UserErrorFields on UserError {
  field
  code
  message
}`) as unknown as TypedDocumentString<StartImportMutation, StartImportMutationVariables>;
export const SearchCandidatesDocument = new TypedDocumentString(`
    query SearchCandidates($query: String, $filter: CandidateFilter, $sort: CandidateSort, $first: Int, $after: String, $minSequence: Int) {
  searchCandidates(
    query: $query
    filter: $filter
    sort: $sort
    first: $first
    after: $after
    minSequence: $minSequence
  ) {
    edges {
      cursor
      score
      node {
        ...CandidateFields
      }
      matches {
        ...MatchFields
      }
    }
    pageInfo {
      ...PageInfoFields
    }
    totalCount
    interpretation {
      parsed
      parsedJa
      corrections {
        typed
        corrected
      }
      offers {
        text
      }
      relaxed {
        clause
      }
    }
  }
}
    fragment PageInfoFields on PageInfo {
  hasNextPage
  endCursor
}
fragment PeriodFields on Period {
  from
  to
  isCurrent
  months
  text
}
fragment EvidenceFields on Evidence {
  excerpt
  highlights {
    start
    end
  }
  line
  grade
}
fragment StintFields on Stint {
  __typename
  id
  employer {
    id
    name
  }
  period {
    ...PeriodFields
  }
  line
  ... on Project {
    title
  }
}
fragment MatchFields on Match {
  clause
  months
  stint {
    ...StintFields
  }
  evidence {
    ...EvidenceFields
  }
}
fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}`) as unknown as TypedDocumentString<SearchCandidatesQuery, SearchCandidatesQueryVariables>;
export const SearchStintsDocument = new TypedDocumentString(`
    query SearchStints($query: String, $filter: CandidateFilter, $sort: StintSort, $first: Int, $after: String, $minSequence: Int) {
  searchStints(
    query: $query
    filter: $filter
    sort: $sort
    first: $first
    after: $after
    minSequence: $minSequence
  ) {
    edges {
      cursor
      score
      node {
        ...StintFields
      }
      candidate {
        ...CandidateFields
      }
      matches {
        ...MatchFields
      }
    }
    pageInfo {
      ...PageInfoFields
    }
    totalCount
  }
}
    fragment PageInfoFields on PageInfo {
  hasNextPage
  endCursor
}
fragment PeriodFields on Period {
  from
  to
  isCurrent
  months
  text
}
fragment EvidenceFields on Evidence {
  excerpt
  highlights {
    start
    end
  }
  line
  grade
}
fragment StintFields on Stint {
  __typename
  id
  employer {
    id
    name
  }
  period {
    ...PeriodFields
  }
  line
  ... on Project {
    title
  }
}
fragment MatchFields on Match {
  clause
  months
  stint {
    ...StintFields
  }
  evidence {
    ...EvidenceFields
  }
}
fragment CandidateFields on Candidate {
  id
  externalId
  pseudonym
  name
  nameKana
  location
  updatedAt
}`) as unknown as TypedDocumentString<SearchStintsQuery, SearchStintsQueryVariables>;