import { describe, expect, it } from 'vitest'
import { grouped, GROUPS, hasServers, isAway, reasonIn, told, withServers, type Found } from '@/core/mailbox'
import type { ChannelSetting } from '@/core/model'
import { meant, written } from '@/core/setting'

const setting = (key: string, type: ChannelSetting['type'] = 'text', more: Partial<ChannelSetting> = {}): ChannelSetting => ({ key, type, default: '', required: false, label: key, ...more })

const SETTINGS = [
  setting('address'), setting('inbound', 'choice'), setting('imap_host'), setting('imap_port', 'number', { default: 993 }), setting('imap_password', 'secret'),
  setting('outbound', 'choice'), setting('smtp_host'), setting('smtp_password', 'secret'), setting('webhook_secret', 'secret'),
  setting('signature', 'translated'), setting('folders', 'list'), setting('reopen_days', 'number', { default: 14 }), setting('something_new'),
]
const keys = (all: readonly ChannelSetting[]) => all.map((one) => one.key)
const found: Found = {
  provider: 'Gmail',
  imap: { host: 'imap.gmail.com', port: 993, security: 'tls' },
  smtp: { host: 'smtp.gmail.com', port: 465, security: 'tls' },
  note: '',
  oauth: 'google',
}

describe('the form of a mailbox', () => {
  it('asks every setting once, those it does not know among the servers', () => {
    const parts = grouped(SETTINGS, { inbound: 'imap', outbound: 'smtp' })
    expect(keys(parts.servers)).toEqual(['inbound', 'imap_host', 'imap_port', 'outbound', 'smtp_host', 'smtp_password', 'something_new'])
    expect([parts.letters, parts.reading, parts.threads].map(keys)).toEqual([['signature'], ['folders'], ['reopen_days']])
    expect(Object.keys(GROUPS).every((group) => group in parts)).toBe(true)
  })

  it('asks for no server where mail does not go that way', () => {
    expect(keys(grouped(SETTINGS, { inbound: 'webhook', outbound: 'none' }).servers)).toEqual(['inbound', 'outbound', 'webhook_secret', 'something_new'])
  })

  it('takes the servers that were found, and a password where one can not sign in otherwise', () => {
    const values = { address: 'care@gmail.com', imap_user: 'care', sign_in: 'google' }
    expect(withServers(values, found)).toMatchObject({ imap_host: 'imap.gmail.com', imap_port: '993', smtp_security: 'tls', imap_user: 'care', sign_in: 'google' })
    expect(withServers(values, { ...found, oauth: null, smtp: null })).toMatchObject({ sign_in: 'password', imap_host: 'imap.gmail.com' })
    expect(withServers(values, { ...found, smtp: null })).not.toHaveProperty('smtp_host')
  })

  it('knows whether servers are missing', () => {
    expect(hasServers({ inbound: 'imap', outbound: 'smtp', imap_host: 'a' })).toBe(false)
    expect(hasServers({ inbound: 'imap', outbound: 'smtp', imap_host: 'a', smtp_host: 'b' })).toBe(true)
    expect(hasServers({ inbound: 'webhook', outbound: 'none' })).toBe(true)
  })

  it('tells a password only when one was typed, and never writes one into a field', () => {
    const secret = setting('imap_password', 'secret')
    expect(written(secret, true)).toBe('')
    expect(meant(secret, '')).toBeNull()
    expect(told(SETTINGS, { imap_password: ' with spaces ', imap_port: '', folders: 'INBOX\n\nHelp', signature: '{"en":"Yours"}' })).toMatchObject({
      imap_password: ' with spaces ', smtp_password: null, imap_port: 993, folders: ['INBOX', 'Help'], signature: { en: 'Yours' },
    })
  })
})

describe('what is in the way', () => {
  it('is said in words that there are', () => {
    expect(['certificate', 'relay', 'sender', 'from a newer server'].map(reasonIn)).toEqual(['certificate', 'relay_refused', 'sender_refused', 'unknown'])
  })

  it('is over once it has worked again', () => {
    const way = { ok_at: 5, failed_at: 9, reason: 'timeout' }
    expect([way, { ...way, ok_at: 10 }, { ...way, ok_at: null }, { ...way, reason: '' }].map(isAway)).toEqual([true, false, true, false])
  })
})
