/* What Chromium's virtual device sent from http://localhost: made and answered, one row for each kind. */
#ifndef TELEMACHUS_PEOPLE_TEST_PASSKEYS_H
#define TELEMACHUS_PEOPLE_TEST_PASSKEYS_H

struct sent { const char *made, *attestation, *answered, *data, *signature; };

static const struct sent sent_none = {
                "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWVNCamFHRnNiR1Z1WjJVIiwib3JpZ2luIjoiaHR0cDovL2xvY2FsaG9zdDozNjk3MyIs"
                "ImNyb3NzT3JpZ2luIjpmYWxzZX0",
                "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIJfmP0Ty"
                "UMSYmHA9m_SLFbu-pOzeYvXSgucKV1QLnxJTpQECAyYgASFYIIP76hmU8NM3WPDegUo_6NxMvjrVuqYyNDBtxXYvHcenIlgg-DtlOVaDIaOFwP05iK26COW-"
                "AF9uohUl2h4NjNi8JEM",
                "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWVc1dmRHaGxjZyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzY5NzMiLCJjcm9zc09y"
                "aWdpbiI6ZmFsc2V9",
                "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
                "MEQCIBgc3kd_B-LD6V-LuDm5CTBRuUH6lozkO1fZx_LyZLeOAiAY1gLNWkXNuxcLzld4DZ4NzJZfCSiSw-ihl0dseplzZg"};
static const struct sent sent_packed = {
                "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWVNCamFHRnNiR1Z1WjJVIiwib3JpZ2luIjoiaHR0cDovL2xvY2FsaG9zdDozNjk3MyIs"
                "ImNyb3NzT3JpZ2luIjpmYWxzZX0",
                "o2NmbXRmcGFja2VkZ2F0dFN0bXSjY2FsZyZjc2lnWEYwRAIgE8vkCy_e42Bi0nxzXLgxTYj6cuLbL1dR0cZf6Rb_V6kCIFPGPpV3EIFZTGazv8ToNU5K2B7E"
                "5DFwlLYAM7w3ug3FY3g1Y4FZAdcwggHTMIIBeqADAgECAgEBMAoGCCqGSM49BAMCMGAxCzAJBgNVBAYTAlVTMREwDwYDVQQKDAhDaHJvbWl1bTEiMCAGA1UE"
                "CwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjEaMBgGA1UEAwwRQmF0Y2ggQ2VydGlmaWNhdGUwHhcNMTcwNzE0MDI0MDAwWhcNNDYxMTIzMDcwMTM3WjBg"
                "MQswCQYDVQQGEwJVUzERMA8GA1UECgwIQ2hyb21pdW0xIjAgBgNVBAsMGUF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24xGjAYBgNVBAMMEUJhdGNoIENlcnRp"
                "ZmljYXRlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjWF-ZclQjmS8xWc6yCpnmdo8FEZoLCWMRj__31jf0vo-bDeLU9eVxKTf-0GZ7deGLyOrrwIDtLiR"
                "G6BWmZThAaMlMCMwDAYDVR0TAQH_BAIwADATBgsrBgEEAYLlHAIBAQQEAwIDCDAKBggqhkjOPQQDAgNHADBEAiAC__XyHn0SKA_sNCxdNBULczb7ko0EkWtn"
                "peSZS5adugIgI81trbaJ3fKfH-vbhrtLtx0kd-pRT2SOBV8wXW4TZrxoYXV0aERhdGFYpEmWDeWIDoxodDQXD2R2YFuP5K65ooYyx5lc87qDHZdjRQAAAAEB"
                "AgMEBQYHCAECAwQFBgcIACC0xklMlEp0GVpl2SmmKDIoGNxu54oh6ngToeNC-NABAKUBAgMmIAEhWCAzpGFjN7I1_WL8WpIW3zJszyGoGKP-IqTWiXhzwQTx"
                "jSJYIAM82svYJvr624NAojplf-f_IQv4T6lxpJ-sJHpd2Glf",
                "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWVc1dmRHaGxjZyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzY5NzMiLCJjcm9zc09y"
                "aWdpbiI6ZmFsc2V9",
                "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
                "MEUCIHBCcxyx92rDkoL42Auj_ZfBihsYC5lqnvJWnPIk8aw0AiEAonzF7DCLRepEsTtJzteZed0acA7tbKHxA15ag2O2p08"};
static const struct sent sent_eddsa = {
                "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWVNCamFHRnNiR1Z1WjJVIiwib3JpZ2luIjoiaHR0cDovL2xvY2FsaG9zdDozNjk3MyIs"
                "ImNyb3NzT3JpZ2luIjpmYWxzZX0",
                "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViBSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIEDg0q5T"
                "ntZGHUyEZpHgfnZXe-YsQyQxno2o6iiy8Q_JpAEBAycgBiFYILDdzwUwEWN-ZORGjDrXLZGeC0NzQngPNcBQ9riqP2HB",
                "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWVc1dmRHaGxjZyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzY5NzMiLCJjcm9zc09y"
                "aWdpbiI6ZmFsc2V9",
                "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
                "T0YWm8y41pVwSJQAnOHz93pvOnsq_-OAiayySvmA2b5VxcrIl1NXPKwRSO0yPeD-VbgbkpGkGIOCoM_3bsdKCg"};

#endif
