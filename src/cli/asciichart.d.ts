declare module 'asciichart' {
  /** Lines of a plot, joined by newlines. */
  export function plot(
    series: number[] | number[][],
    options?: { readonly height?: number; readonly format?: (value: number) => string },
  ): string;
  const chart: { readonly plot: typeof plot };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS.
  export default chart;
}
