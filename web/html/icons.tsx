/** Drawn here, on a grid of 24; one stroke, the color of the text beside them. */
const paths = {
  loop: ['M20.5 9a9 9 0 1 0 .7 3', 'm20.5 3.5v5.5h-5.5', 'm8 12 3 3 5-6'],
  inbox: ['M3.5 13.5h5l1.5 2.5h4l1.5-2.5h5', 'M6 5h12l2.5 8.5V19h-17v-5.5z'],
  programs: ['M4 5h16v4H4z', 'M4 10h16v4H4z', 'M4 15h16v4H4z'],
  mail: ['M3.5 6h17v12h-17z', 'm3.5 6.5 8.5 6.5 8.5-6.5'],
  people: [
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
    'M3.5 19c.4-3.4 2.4-5 5.500-5s5.100 1.600 5.500 5',
    'M16 5.500a3 3 0 0 1 0 5.200',
    'M17 14.300c2 .5 3.200 2.100 3.500 4.700',
  ],
  person: ['M12 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z', 'M5 20c.5-4 3-6 7-6s6.500 2 7 6'],
  overview: ['M4 19V5', 'M4 19h16', 'm7 14 4-4 3 2.500 5-6'],
  tasks: ['m4 7 1.500 1.500L8 6', 'm4 15 1.500 1.500L8 14', 'M11.500 7.500H20', 'M11.500 15.500H20'],
  requirements: ['M6 3.500h8.500L18 7v13.500H6z', 'M9 10h6', 'M9 13.500h6', 'M9 17h4'],
  audits: ['M10.500 16.500a6 6 0 1 0 0-12 6 6 0 0 0 0 12z', 'm15 15 5 5'],
  findings: ['M5.500 21V4', 'M5.500 4.500h12l-2.500 4 2.500 4h-12'],
  certificate: ['M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10z', 'm9 13-1.500 7.500L12 18l4.500 2.500L15 13'],
  records: ['M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z', 'M12 7.500V12l3 2'],
  file: ['M6 3.500h8L18 7.500v13H6z', 'M13.500 3.500V8H18'],
  link: [
    'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1',
    'M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  ],
  check: ['m5 12.500 4.500 4.500L19 7.500'],
  back: ['M19 12H5', 'm11 6-6 6 6 6'],
  late: ['M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z', 'M12 7.500v5.500', 'M12 16v.5'],
} as const;

export type IconName = keyof typeof paths;

/** An icon beside words; it says nothing that they do not. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      {paths[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
