// A real SMTP server on 127.0.0.1 that keeps what it is given, parsed by a real mail parser.
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';

export class Sink {
  static start(port = 0) {
    const sink = new Sink();
    sink.mails = [];
    sink.refuse = null;                 // set to a function (session) => Error to refuse
    sink.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'], logger: false, hideSize: false,
      onData(stream, session, done) {
        const parts = [];
        stream.on('data', part => parts.push(part));
        stream.on('end', async () => {
          const refused = sink.refuse?.(session);
          if (refused) return done(refused);
          const raw = Buffer.concat(parts);
          const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
          mail.raw = raw.toString('utf8');
          mail.recipient = session.envelope.rcptTo[0].address.toLowerCase();
          mail.rule = mail.headers.get('x-telemachus-rule') ?? '';
          mail.arrived = sink.mails.length;
          sink.mails.push(mail);
          done();
        });
      },
    });
    sink.server.on('error', () => {});  // a client that was killed in the middle of a mail
    return new Promise(ready => sink.server.listen(port, '127.0.0.1', () => {
      sink.port = sink.server.server.address().port;
      ready(sink);
    }));
  }

  // What came for somebody since a mark (the number of mails then), by rule or subject if given.
  find({ to, rule, subject, since = 0 } = {}) {
    return this.mails.slice(since).filter(m => (!to || m.recipient === to.toLowerCase()) && (!rule || m.rule === rule)
      && (!subject || subject.test(m.subject)));
  }

  // The newest such mail, waiting for it.
  async wait(what, seconds = 45) {
    for (const end = Date.now() + seconds * 1000; ;) {
      const found = this.find(what);
      if (found.length) return found[found.length - 1];
      if (Date.now() > end) {
        const came = this.mails.slice(-12).map(m => `  ${m.rule} to ${m.recipient}: ${m.subject}`).join('\n');
        throw new Error(`no mail ${JSON.stringify({ ...what, subject: what.subject && String(what.subject) })} came; the last ones were\n${came}`);
      }
      await new Promise(done => setTimeout(done, 50));
    }
  }

  stop() { return new Promise(done => this.server.close(done)); }
}

// Addresses in a mail's text, in their order; the HTML half must hold them too.
export function links(mail) {
  const found = [...mail.text.matchAll(/https?:\/\/[^\s<>()"]+/g)].map(m => m[0].replace(/[.,;]$/, ''));
  for (const link of found) {
    if (!mail.html.includes(link.replaceAll('&', '&amp;')) && !mail.html.includes(link)) throw new Error(`${link} stands only in the text of "${mail.subject}"`);
  }
  return found;
}

// The address behind a button or link with these words, from the HTML half.
export function button(mail, words) {
  for (const m of mail.html.matchAll(/<a\s[^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)) {
    if (words.test(m[2].replace(/<[^>]+>/g, '').trim())) return m[1].replaceAll('&amp;', '&');
  }
  throw new Error(`no button ${words} in "${mail.subject}":\n${mail.text}`);
}
