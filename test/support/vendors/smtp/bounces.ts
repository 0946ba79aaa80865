/** The mail that bounces in all of these. */
export interface BouncedMail {
  /** Its envelope's sender, where the bounce goes to. */
  returnPath: string;
  /** With its angle brackets. */
  messageId: string;
  recipient: string;
}

const returnedHeader = ({ messageId, recipient }: BouncedMail): string =>
  `From: Example Ltd <news@example.com>
To: ${recipient}
Message-ID: ${messageId}
Subject: =?UTF-8?Q?Ihr_Befund_ist_da?=
Date: Tue, 01 Dec 2026 01:59:58 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8`;

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

interface PostfixWords {
  action?: string;
  status?: string;
  diagnosis?: string;
  envelopeId?: string;
  final?: string;
}

/** Postfix 3: a header of the returned mail only, since the sender asked for no more. */
export function postfixBounce(
  mail: BouncedMail,
  { action = 'failed', status = '5.1.1', diagnosis, envelopeId, final = mail.recipient }: PostfixWords = {},
): string {
  const reply =
    diagnosis ??
    `smtp; 550 ${status} <${final}>: Recipient address rejected: User unknown in virtual
    mailbox table`;
  return crlf(`Return-Path: <>
Delivered-To: ${mail.returnPath}
Received: by mx.example.com (Postfix)
\tid 4Zx1T70dPBz3wK; Tue,  1 Dec 2026 02:00:03 +0000 (UTC)
Date: Tue,  1 Dec 2026 02:00:03 +0000 (UTC)
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${mail.returnPath}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4Zx1T65rXrz3wJ.1796090403/mx.example.com"
Content-Transfer-Encoding: 8bit
Message-Id: <4Zx1T70dPBz3wK@mx.example.com>

This is a MIME-encapsulated message.

--4Zx1T65rXrz3wJ.1796090403/mx.example.com
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mx.example.com.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

                   The mail system

<${final}>: host mx.example.org[192.0.2.25] said: 550 ${status}
    <${final}>: Recipient address rejected (in reply to RCPT TO command)

--4Zx1T65rXrz3wJ.1796090403/mx.example.com
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com${envelopeId === undefined ? '' : `\nOriginal-Envelope-Id: ${envelopeId}`}
X-Postfix-Queue-ID: 4Zx1T65rXrz3wJ
X-Postfix-Sender: rfc822; ${mail.returnPath}
Arrival-Date: Tue,  1 Dec 2026 02:00:01 +0000 (UTC)

Final-Recipient: rfc822; ${final}
Original-Recipient: rfc822;${mail.recipient}
Action: ${action}
Status: ${status}
Remote-MTA: dns; mx.example.org
Diagnostic-Code: ${reply}

--4Zx1T65rXrz3wJ.1796090403/mx.example.com
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

Return-Path: <${mail.returnPath}>
${returnedHeader(mail)}

--4Zx1T65rXrz3wJ.1796090403/mx.example.com--
`);
}

/** Exchange Online: the words for people as HTML, the fields of the mail before those of the recipient, the mail as an attachment. */
export function exchangeBounce(mail: BouncedMail): string {
  return crlf(`Received: from AM0PR08MB1234.eurprd08.prod.outlook.com (2603:10a6:208::1)
 by AM0PR08MB5678.eurprd08.prod.outlook.com with HTTPS; Tue, 1 Dec 2026 02:00:05
 +0000
MIME-Version: 1.0
From: <postmaster@contoso.onmicrosoft.com>
To: <${mail.returnPath}>
Date: Tue, 1 Dec 2026 02:00:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="32dc0ffe-3f5a-4a5c-9b6e-000000000001"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Message-ID: <5f1c@contoso.onmicrosoft.com>
In-Reply-To: ${mail.messageId}
References: ${mail.messageId}
Subject: Undeliverable: Ihr Befund ist da
Auto-Submitted: auto-replied

--32dc0ffe-3f5a-4a5c-9b6e-000000000001
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="32dc0ffe-3f5a-4a5c-9b6e-000000000002"

--32dc0ffe-3f5a-4a5c-9b6e-000000000002
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to ${mail.recipient.replace('=', '=3D')} couldn't be delivered.

--32dc0ffe-3f5a-4a5c-9b6e-000000000002
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body><p>Your message couldn't be delivered.</p></body></html>

--32dc0ffe-3f5a-4a5c-9b6e-000000000002--

--32dc0ffe-3f5a-4a5c-9b6e-000000000001
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR08MB5678.eurprd08.prod.outlook.com
Received-From-MTA: dns;mail.example.com
Arrival-Date: Tue, 1 Dec 2026 02:00:04 +0000

Final-Recipient: rfc822;${mail.recipient}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ${mail.recipient} not found by SMTP address lookup

--32dc0ffe-3f5a-4a5c-9b6e-000000000001
Content-Type: message/rfc822

Received: from mail.example.com (192.0.2.1) by
 AM0EUR02FT123.mail.protection.outlook.com; Tue, 1 Dec 2026 02:00:04 +0000
Return-Path: ${mail.returnPath}
${returnedHeader(mail)}

Hi
--32dc0ffe-3f5a-4a5c-9b6e-000000000001--
`);
}

/** Exim 4.97, which writes reports; the recipient stands in a header as well. */
export function eximBounce(mail: BouncedMail): string {
  return crlf(`Return-path: <>
Envelope-to: ${mail.returnPath}
Delivery-date: Tue, 01 Dec 2026 02:00:04 +0000
Received: from Debian-exim by mx.example.net with local (Exim 4.97)
\tid 1tHabc-0000000Ab1-2cDe
\tfor ${mail.returnPath};
\tTue, 01 Dec 2026 02:00:04 +0000
X-Failed-Recipients: ${mail.recipient}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.net>
To: ${mail.returnPath}
References: ${mail.messageId}
Content-Type: multipart/report; report-type=delivery-status; boundary=1796090404-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1tHabc-0000000Ab1-2cDe@mx.example.net>
Date: Tue, 01 Dec 2026 02:00:04 +0000

--1796090404-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ${mail.recipient}
    host mx.example.org [192.0.2.25]
    SMTP error from remote mail server after RCPT TO:<${mail.recipient}>:
    550 5.1.1 User unknown

--1796090404-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Action: failed
Final-Recipient: rfc822;${mail.recipient}
Status: 5.0.0
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--1796090404-eximdsn-1804289383
Content-type: message/rfc822

Return-path: <${mail.returnPath}>
${returnedHeader(mail)}

Hi

--1796090404-eximdsn-1804289383--
`);
}

/** Exim before 4.85: words for people only, the mail below them. */
export function oldEximBounce(mail: BouncedMail): string {
  return crlf(`Return-path: <>
Envelope-to: ${mail.returnPath}
Received: from Debian-exim by mx.example.net with local (Exim 4.80)
\tid 1XabcD-0001Ab-Cd; Tue, 01 Dec 2026 02:00:04 +0000
X-Failed-Recipients: ${mail.recipient}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.net>
To: ${mail.returnPath}
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1XabcD-0001Ab-Cd@mx.example.net>
Date: Tue, 01 Dec 2026 02:00:04 +0000

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ${mail.recipient}
    SMTP error from remote mail server after RCPT TO:<${mail.recipient}>:
    host mx.example.org [192.0.2.25]: 550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

Return-path: <${mail.returnPath}>
${returnedHeader(mail)}

550 5.7.1 is what an earlier mail said
`);
}

/** Exim, of a mail that it still tries to deliver. */
export function oldEximWarning(mail: BouncedMail): string {
  return crlf(`Return-path: <>
Envelope-to: ${mail.returnPath}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.net>
To: ${mail.returnPath}
Subject: Warning: message 1XabcD-0001Ab-Cd delayed 24 hours
Date: Wed, 02 Dec 2026 02:00:04 +0000

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.net.

The message identifier is:     1XabcD-0001Ab-Cd
The address to which the message has not yet been delivered is:

  ${mail.recipient}
    Delay reason: 450 4.2.0 try again

No action is required on your part. Delivery attempts will continue for
some time.
`);
}

/** Gmail: pictures among the words for people, and a code of its own in the diagnosis. */
export function gmailBounce(mail: BouncedMail): string {
  return crlf(`Delivered-To: ${mail.returnPath}
Received: by 2002:a05:6402:278a:b0:5cf:1234:abcd with SMTP id b10csp1;
        Mon, 30 Nov 2026 18:00:04 -0800 (PST)
Return-Path: <>
X-Failed-Recipients: ${mail.recipient}
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: ${mail.returnPath}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: ${mail.messageId}
In-Reply-To: ${mail.messageId}
Message-ID: <674bc1a4.170a0220.1234.GMR@mx.google.com>
Date: Mon, 30 Nov 2026 18:00:04 -0800 (PST)
Content-Type: multipart/report; boundary="0000000000001a2b3c0624"; report-type=delivery-status

--0000000000001a2b3c0624
Content-Type: multipart/related; boundary="0000000000001a2b4d0624"

--0000000000001a2b4d0624
Content-Type: multipart/alternative; boundary="0000000000001a2b5e0624"

--0000000000001a2b5e0624
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to ${mail.recipient} because the address couldn't be found.

--0000000000001a2b5e0624
Content-Type: text/html; charset="UTF-8"

<html><body><img src="cid:icon.png" alt="Error Icon"></body></html>

--0000000000001a2b5e0624--
--0000000000001a2b4d0624
Content-Type: image/png; name="icon.png"
Content-Disposition: attachment; filename="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=
--0000000000001a2b4d0624--
--0000000000001a2b3c0624
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; news@example.com
Arrival-Date: Mon, 30 Nov 2026 18:00:03 -0800 (PST)
X-Original-Message-ID: ${mail.messageId}

Final-Recipient: rfc822; ${mail.recipient}
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (2a00:1450:4025:c03::1a, the
 server for the domain gmail.com.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser a640c23a62f3a - gsmtp
Last-Attempt-Date: Mon, 30 Nov 2026 18:00:04 -0800 (PST)

--0000000000001a2b3c0624
Content-Type: message/rfc822

Return-Path: <${mail.returnPath}>
${returnedHeader(mail)}

Hi

--0000000000001a2b3c0624--
`);
}

/** qmail and netqmail, in its own format (QSBMF). */
export function qmailBounce(mail: BouncedMail): string {
  return crlf(`Return-Path: <>
Delivered-To: ${mail.returnPath}
Received: (qmail 12345 invoked for bounce); 1 Dec 2026 02:00:04 -0000
Date: 1 Dec 2026 02:00:04 -0000
From: MAILER-DAEMON@mx.example.net
To: ${mail.returnPath}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<${mail.recipient}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <${mail.returnPath}>
Received: (qmail 12340 invoked from network); 1 Dec 2026 02:00:02 -0000
${returnedHeader(mail)}

Hi
`);
}

/** A person who is away answers by machine: no bounce, although it comes to the same address. */
export function absenceNote(mail: BouncedMail): string {
  return crlf(`Return-Path: <>
Delivered-To: ${mail.returnPath}
From: Ada <${mail.recipient}>
To: ${mail.returnPath}
Subject: Out of office: 550 5.1.1
In-Reply-To: ${mail.messageId}
Auto-Submitted: auto-replied
Date: Tue, 01 Dec 2026 02:00:04 +0000

I am away until Monday. 550 5.1.1

> Message-ID: ${mail.messageId}
`);
}
