/** What the figures' doors give, as the page reads it. */

export type Cell = string | number | null;

export interface FigureTable {
  name: string;
  title: string;
  about: string;
  columns: { name: string; title: string }[];
  rows: Cell[][];
  plot?: { label: number; bars: number[]; stacked: boolean };
}

export interface Insight {
  period: { from: string; to: string };
  headline: {
    conversations: number;
    questions: number;
    answeredShare: number | null;
    verifiedContainment: number | null;
    requests: number;
    abandonedShare: number | null;
    medianWait: number | null;
  };
  tables: FigureTable[];
}

export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toLocaleString('it-IT', { maximumFractionDigits: 1 })} %`;

/** «12 s», «3 min 20 s», «2 h 5 min». */
export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

export function written(cell: Cell, column: string): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (column.startsWith('quota')) return percent(cell);
  return column.endsWith('_s') ? duration(cell) : cell.toLocaleString('it-IT');
}
