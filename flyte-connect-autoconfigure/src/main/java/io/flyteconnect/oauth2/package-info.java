/**
 * One way to log in per mode, and the life of a token: fetched once, renewed ahead,
 * dropped when refused.
 */
@NullMarked
package io.flyteconnect.oauth2;

import org.jspecify.annotations.NullMarked;
