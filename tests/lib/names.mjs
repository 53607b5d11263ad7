// A DNS server on 127.0.0.1 that knows what it is told: { 'example.org': { TXT: ['v=spf1 -all'], MX: ['10 mx.example.org'] } }.
import { createSocket } from 'node:dgram';

const TYPES = { TXT: 16, MX: 15 };
const name = s => Buffer.concat([...s.split('.').filter(Boolean).map(l => Buffer.concat([Buffer.from([l.length]), Buffer.from(l)])), Buffer.from([0])]);
const two = n => Buffer.from([n >> 8, n & 255]);

const rdata = {
  TXT: text => Buffer.concat(text.match(/[\s\S]{1,255}/g).map(part => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]))),
  MX: text => Buffer.concat([two(Number(text.split(' ')[0])), name(text.split(' ')[1])]),
};

function question(message) {
  const labels = [];
  let at = 12;
  for (; message[at]; at += message[at] + 1) labels.push(message.subarray(at + 1, at + 1 + message[at]).toString());
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

export function reply(message, zone) {
  const q = question(message);
  const type = Object.keys(TYPES).find(t => TYPES[t] === q.type);
  const records = (type && zone[q.name]?.[type]) ?? [];
  const answers = records.map(r => { const d = rdata[type](r); return Buffer.concat([two(0xc00c), two(q.type), two(1), Buffer.from([0, 0, 0, 60]), two(d.length), d]); });
  const head = Buffer.concat([message.subarray(0, 2), two(0x8180 | (zone[q.name] ? 0 : 3)), two(1), two(answers.length), two(0), two(0)]);
  return Buffer.concat([head, message.subarray(12, q.end), ...answers]);
}

export class Names {
  static start(zone) {
    const names = new Names();
    names.zone = zone;
    names.asked = [];
    names.silent = false;
    names.socket = createSocket('udp4');
    names.socket.on('message', (message, from) => {
      names.asked.push(question(message).name);
      if (!names.silent) names.socket.send(reply(message, names.zone), from.port, from.address);
    });
    return new Promise(ready => names.socket.bind(0, '127.0.0.1', () => { names.address = `127.0.0.1:${names.socket.address().port}`; ready(names); }));
  }

  end() { this.socket.close(); }
}
