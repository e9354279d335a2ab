const fonts = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const monospace = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Courier New',monospace";

/**
 * The colors of the pages (`web/assets/style.css`), in the light and in the dark. Neither is pure black or white, so that mail
 * programs that turn colors around by themselves have little to turn.
 */
const colors = {
  paper: ['#fdfdfc', '#15181b'],
  ink: ['#1c2024', '#e8eaec'],
  quiet: ['#555c63', '#a9b1b8'],
  line: ['#d5d8d6', '#363c42'],
  accent: ['#1f5f8b', '#7cbde8'],
  late: ['#b3261e', '#ff9a90'],
  button: ['#1f5f8b', '#7cbde8'],
  onButton: ['#fdfdfc', '#0d1b26'],
} as const;
const light = (name: keyof typeof colors) => colors[name][0];

/**
 * The style of each part. It stands in each element, for some mail programs drop style sheets; font and color come from the
 * column. Margins and lines are on paragraphs and cells, for Outlook knows them nowhere else.
 */
export const styles = {
  body: `margin:0;padding:0;background:${light('paper')};-webkit-text-size-adjust:100%`,
  paper: `background:${light('paper')};padding:24px 16px 32px`,
  column: `max-width:600px;margin:0 auto;text-align:left;overflow-wrap:anywhere;font:16px/24px ${fonts};color:${light('ink')}`,
  from: `margin:0 0 4px;font-size:14px;line-height:20px;color:${light('quiet')}`,
  title: 'margin:0 0 16px;font-size:22px;line-height:29px;font-weight:600',
  section: `margin:36px 0 0;padding:0 0 6px;border-bottom:2px solid ${light('ink')};font-size:18px;line-height:24px;font-weight:600`,
  entry: `padding:18px 0 8px;border-top:1px solid ${light('line')}`,
  firstEntry: 'padding:18px 0 8px',
  headline: 'margin:0 0 8px;font-size:16px;line-height:23px;font-weight:600',
  state: `font-weight:400;color:${light('quiet')}`,
  late: `color:${light('late')}`,
  program: `margin:0 0 8px;font-size:14px;line-height:20px;color:${light('quiet')}`,
  detail: 'margin:0 0 12px',
  above: 'margin:0 0 4px',
  link: `color:${light('accent')}`,
  list: 'margin:0 0 12px;padding:0 0 0 22px',
  quote: 'margin:0 0 14px',
  quoted: `padding:2px 0 2px 14px;border-left:3px solid ${light('line')}`,
  code: `margin:8px 0 16px;font:600 30px/40px ${monospace};letter-spacing:4px`,
  buttonTable: 'margin:20px 0 24px',
  buttonCell: `background:${light('button')};border-radius:6px;mso-padding-alt:13px 24px`,
  button: `display:inline-block;padding:13px 24px;font-weight:600;line-height:22px;color:${light('onButton')};text-decoration:none`,
  closing: `padding:16px 0 0;border-top:1px solid ${light('line')}`,
  closingLine: `margin:0 0 8px;font-size:14px;line-height:20px;color:${light('quiet')}`,
  preview: 'display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:transparent',
} as const;

/** What stands in an attribute `bgcolor`, for Outlook. */
export const buttonColor = light('button');
export const paperColor = light('paper');

/** What a class is in the dark: the colors that its element carries, turned. */
const inTheDark: Record<string, string> = {
  paper: background('paper'),
  ink: color('ink'),
  quiet: color('quiet'),
  accent: color('accent'),
  late: color('late'),
  line: `border-color:${colors.line[1]}!important`,
  rule: `border-color:${colors.ink[1]}!important`,
  button: background('button'),
  'on-button': color('onButton'),
};

/**
 * The style sheet: the dark, for mail programs that tell (Apple's and others by the media query, Outlook's by an
 * attribute), and wide buttons on a phone.
 */
export const styleSheet = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){${rules('')}}
${rules('[data-ogsc] ')}
@media (max-width:480px){.button,.button a{display:block!important;text-align:center!important}.button-table{width:100%!important}}`;

function rules(prefix: string): string {
  return Object.entries(inTheDark)
    .map(([name, style]) => `${prefix}.${name}{${style}}`)
    .join('');
}

function color(name: keyof typeof colors): string {
  return `color:${colors[name][1]}!important`;
}

function background(name: keyof typeof colors): string {
  return `background:${colors[name][1]}!important`;
}
