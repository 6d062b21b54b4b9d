"""What the browser is told with every answer: where a page may load from, and which of the browser's powers it has.

Belongs here: the two policies, written so that what is not named is refused. Not here: sending them (their middlewares),
headers that Django has settings of its own for (settings).
"""

#: A page loads its scripts, styles, fonts and pictures from this site and talks to this site alone. Nothing is inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

#: Powers that signing in with a passkey needs; this site has them, and nobody embedded in it.
_FOR_PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")

#: Powers that no page of ours needs.
_NEEDLESS = (
    *("accelerometer", "ambient-light-sensor", "autoplay", "bluetooth", "browsing-topics"),
    *("camera", "captured-surface-control", "clipboard-read", "clipboard-write", "compute-pressure"),
    *("cross-origin-isolated", "deferred-fetch", "deferred-fetch-minimal", "device-attributes"),
    *("digital-credentials-create", "digital-credentials-get", "display-capture", "document-domain", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "haptics", "hid", "identity-credentials-get"),
    *("idle-detection", "interest-cohort", "keyboard-map", "language-detector", "language-model", "local-fonts"),
    *("local-network", "local-network-access", "loopback-network", "magnetometer", "microphone", "midi"),
    *("media-playback-while-not-visible", "on-device-speech-recognition", "otp-credentials", "payment"),
    *("picture-in-picture", "private-state-token-issuance", "private-state-token-redemption", "rewriter"),
    *("screen-wake-lock", "serial", "shared-storage", "shared-storage-select-url", "speaker-selection"),
    *("storage-access", "summarizer", "sync-xhr", "tools", "translator", "unload", "usb", "vr"),
    *("web-app-installation", "web-share", "webnn", "window-management", "writer", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY: dict[str, list[str]] = {
    **{power: [] for power in _NEEDLESS},
    **{power: ["self"] for power in _FOR_PASSKEYS},
}
