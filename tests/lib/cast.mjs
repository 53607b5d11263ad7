// The people of the tests and their rosters. Status words are unmistakable, so that a leak is seen.
export const coordinator = { email: 'karin@north.example', first: 'Karin', last: 'Berg' };
export const sponsor = { email: 'olu@north.example', first: 'Olu', last: 'Ade' };
export const contact = { email: 'vera@north.example', first: 'Vera', last: 'Lind' };

export const mentors = [
  { email: 'tom@north.example', first_name: 'Tom', last_name: 'Quillfeather', title: 'Zeppelin Director', grade: 'Grade Zulu', organisation: 'Zenith Works', department: 'Zymurgy', time_zone: 'Europe/Lisbon', languages: 'English, Portuguese', offers: 'leading a team; difficult conversations', wants: '', interests: 'chess, hiking', phone: '+351210000001', capacity: '1', availability: 'mon-fri 08:00-20:00' },
  { email: 'bea@north.example', first_name: 'Bea', last_name: 'Ravenscroft', title: 'Yacht Principal', grade: 'Grade Yankee', organisation: 'Yonder Group', department: 'Yeomanry', time_zone: 'Europe/Berlin', languages: 'English, German', offers: 'negotiation; finance', wants: '', interests: 'cooking', phone: '+493000000002', capacity: '1', availability: 'mon-fri 08:00-20:00' },
];
export const mentees = [
  { email: 'ama@north.example', first_name: 'Ama', last_name: 'Thistlewood', title: 'Xylophone Trainee', grade: 'Grade Xray', organisation: 'Xenon Labs', department: 'Xeriscape', time_zone: 'Africa/Accra', languages: 'English', offers: '', wants: 'leading a team; difficult conversations', interests: 'chess', phone: '+233200000003', capacity: '', availability: 'mon-fri 08:00-20:00' },
  { email: 'raj@north.example', first_name: 'Raj', last_name: 'Pemberton', title: 'Walrus Associate', grade: 'Grade Whiskey', organisation: 'Willow Partners', department: 'Weaving', time_zone: 'Europe/London', languages: 'English, German', offers: '', wants: 'negotiation; finance', interests: 'cooking', phone: '+442000000004', capacity: '', availability: 'mon-fri 08:00-20:00' },
];

export function roster(people) {
  const columns = Object.keys(people[0]);
  const cell = v => (/[",;\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
  return [columns.join(','), ...people.map(p => columns.map(c => cell(p[c] ?? '')).join(','))].join('\r\n') + '\r\n';
}

// What gives status away, of these people.
export const status = people => people.flatMap(p => [p.title, p.grade, p.organisation, p.department, p.last_name, p.email]);
